package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.RepeatableRandom;
import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import io.playgrant.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Accounts in a database of their own. */
final class AccountRoom implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String HASH_KEY = secret("c0ffee00112233445566778899aabbccddeeff0123456789abcdeffedcba9876");

    final Database database;
    final AuthenticatorHash hash = new AuthenticatorHash(HexFormat.of().parseHex(HASH_KEY));
    final Audit audit;
    final Accounts accounts;

    AccountRoom(TestDatabase databases) {
        database = databases.open();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        audit = new Audit(database, clock, "tester");
        accounts = new Accounts(database, hash, audit, clock, new RepeatableRandom(1001));
    }

    Accounts.Created create(String name, String... networks) {
        Accounts.Created created = accounts.create(name, Profile.STRICT, ranges(networks));
        for (Environment environment : Environment.values()) {
            secret(HexFormat.of().formatHex(authenticator(created, environment).secret()));
        }
        return created;
    }

    static CustomerAuthenticator authenticator(Accounts.Created created, Environment environment) {
        return Objects.requireNonNull(created.authenticators().get(environment));
    }

    static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
