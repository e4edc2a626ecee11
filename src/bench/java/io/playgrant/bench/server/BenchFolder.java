package io.playgrant.bench.server;

import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KekId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.StoredKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data folder with an account like the demo account, but without limits, and one stored key.
 *
 * @param data the folder
 * @param account the account's number
 * @param authenticator its authenticator in production; a secret
 */
public record BenchFolder(Path data, long account, String authenticator) {

    /** Content key, kek and wrapped key of RFC 3394 section 4.1. */
    public static final String CONTENT_KEY = "00112233445566778899aabbccddeeff";

    public static final String KEK = "000102030405060708090a0b0c0d0e0f";
    public static final String EK = "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5";

    /** The name of the stored key, without its {@code ^}. */
    public static final String STORED = "stored-film";

    /** Makes the folder. */
    public static BenchFolder create(Path data) {
        try (Application application = Application.open(settings(data, Map.of()))) {
            Accounts.Created created = application
                    .accounts()
                    .create(new NewAccount("Bench", Profile.STRICT, loopback(), Limit.NONE, Limit.NONE));
            application
                    .storedKeys()
                    .create(
                            new Owner(created.account().number(), Environment.PRODUCTION),
                            storedKey(KeyId.ofName(STORED)));
            return new BenchFolder(
                    data,
                    created.account().number(),
                    created.authenticator(Environment.PRODUCTION).reveal());
        }
    }

    /** Settings with this data folder. */
    static Settings settings(Path data, Map<String, String> others) {
        Map<String, String> environment = new HashMap<>(others);
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        return Settings.load(Path.of("").toAbsolutePath(), environment);
    }

    /** The wrapped key under a key id. */
    public static StoredKey storedKey(KeyId kid) {
        return new StoredKey(kid, EncryptedKey.ofHex(EK), KekId.of(Kek.ofHex(KEK)), null, null, null, Instant.now());
    }

    private static List<AddressRange> loopback() {
        return List.of(AddressRange.parse("127.0.0.0/8").orElseThrow());
    }

    /** The account only. */
    @Override
    public String toString() {
        return "BenchFolder[" + account + "]";
    }
}
