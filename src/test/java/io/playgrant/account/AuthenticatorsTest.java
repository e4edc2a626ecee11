package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.audit.AuditEntry;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class AuthenticatorsTest {

    private AccountRoom room;
    private Authenticators authenticators;
    private Accounts.Created created;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        authenticators = room.accounts.authenticators();
        created = room.create("First");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void add_givesOneMore_andTheOthersStayGood() {
        Authenticators.Added added = add(Environment.TEST);
        Account account = account();
        assertThat(authenticators.match(added.authenticator(), account).map(StoredAuthenticator::environment))
                .contains(Environment.TEST);
        for (Environment environment : Environment.values()) {
            assertThat(authenticators
                            .match(created.authenticator(environment), account)
                            .map(StoredAuthenticator::environment))
                    .contains(environment);
        }
        assertThat(account.authenticators()).extracting(StoredAuthenticator::id).containsExactly(1L, 2L, 3L);
        assertThat(account.authenticators().get(2).createdAt()).isEqualTo(AccountRoom.NOW);
    }

    @Test
    void add_takesARevision() {
        add(Environment.PRODUCTION);
        assertThat(room.accounts.changedSince(1)).containsExactly(1001L);
        assertThat(account().revision()).isEqualTo(2);
    }

    @Test
    void add_isEmptyForAnUnknownAccount() {
        assertThat(authenticators.add(1002, Environment.TEST)).isEmpty();
        assertThat(room.audit.list(OptionalLong.of(1002), 1)).isEmpty();
    }

    @Test
    void revoke_takesOnlyThatOne() {
        Authenticators.Added added = add(Environment.PRODUCTION);
        assertThat(authenticators.revoke(1001, 1)).isTrue();
        Account account = account();
        assertThat(authenticators.match(created.authenticator(Environment.PRODUCTION), account))
                .isEmpty();
        assertThat(authenticators.match(added.authenticator(), account).map(StoredAuthenticator::environment))
                .contains(Environment.PRODUCTION);
        assertThat(room.accounts.changedSince(2)).containsExactly(1001L);
    }

    @Test
    void revoke_leavesOtherAccountsAlone() {
        room.create("Second");
        assertThat(authenticators.revoke(1002, 1)).isFalse();
        assertThat(authenticators.revoke(1001, 9)).isFalse();
        assertThat(account().authenticators()).hasSize(2);
    }

    @Test
    void changes_areAuditedWithoutTheSecret() {
        add(Environment.TEST);
        authenticators.revoke(1001, 2);
        assertThat(room.audit.list(OptionalLong.of(1001), 2))
                .containsExactly(
                        new AuditEntry(
                                AccountRoom.NOW, "tester", "authenticator revoke", OptionalLong.of(1001), "id=2"),
                        new AuditEntry(
                                AccountRoom.NOW,
                                "tester",
                                "authenticator add",
                                OptionalLong.of(1001),
                                "id=3 environment=test for=tokens"));
    }

    private Authenticators.Added add(Environment environment) {
        Authenticators.Added added = authenticators.add(1001, environment).orElseThrow();
        secret(HexFormat.of().formatHex(added.authenticator().secret()));
        return added;
    }

    private Account account() {
        return room.accounts.find(1001).orElseThrow();
    }
}
