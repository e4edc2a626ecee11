package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.StoredSigner.Kind;
import io.playgrant.audit.AuditEntry;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class SignersTest {

    private static final byte[] WRAPPED =
            HexFormat.of().parseHex(secret("5157a0ed5157a0ed00112233445566778899aabbccddeeff"));

    private AccountRoom room;
    private Signers signers;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        signers = room.accounts.signers();
        room.create("First");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void add_isReadWithTheAccount() {
        assertThat(signers.add(1001, aes("b"))).isTrue();
        assertThat(signers.add(1001, new StoredSigner("a", Kind.RSA, null, null, new byte[] {1, 2})))
                .isTrue();
        Account account = room.accounts.find(1001).orElseThrow();
        assertThat(account.signers())
                .extracting(StoredSigner::toString)
                .containsExactly("StoredSigner[a, RSA]", "StoredSigner[b, AES]");
        assertThat(account.signers().get(0).publicKey()).containsExactly(1, 2);
        assertThat(account.signers().get(1).heldBy()).isEqualTo("ring-1");
        assertThat(account.signers().get(1).secret()).isEqualTo(WRAPPED);
        assertThat(room.accounts.list().get(0).signers()).hasSize(2);
        assertThat(account.revision()).isEqualTo(3);
    }

    @Test
    void add_refusesASecondOfAName_andMoreThan20() {
        for (int number = 1; number <= 20; number++) {
            signers.add(1001, aes("s" + number));
        }
        assertThatThrownBy(() -> signers.add(1001, aes("s21")))
                .isInstanceOf(AccountException.class)
                .hasMessage("An account has at most 20 signers");
        signers.delete(1001, "s20");
        assertThatThrownBy(() -> signers.add(1001, aes("s1")))
                .isInstanceOf(AccountException.class)
                .hasMessage("Account 1001 already has a signer of this name");
        assertThat(room.accounts.find(1001).orElseThrow().signers()).hasSize(19);
    }

    @Test
    void add_isFalseForAnUnknownAccount() {
        assertThat(signers.add(1002, aes("a"))).isFalse();
    }

    @Test
    void delete_isAudited_andLeavesOtherAccountsAlone() {
        signers.add(1001, aes("a"));
        room.create("Second");
        assertThat(signers.delete(1002, "a")).isFalse();
        assertThat(signers.delete(1001, "a")).isTrue();
        assertThat(signers.delete(1001, "a")).isFalse();
        assertThat(room.accounts.find(1001).orElseThrow().signers()).isEmpty();
        assertThat(room.audit.list(OptionalLong.of(1001), 2))
                .containsExactly(
                        new AuditEntry(AccountRoom.NOW, "tester", "signer delete", OptionalLong.of(1001), "name=a"),
                        new AuditEntry(
                                AccountRoom.NOW, "tester", "signer add", OptionalLong.of(1001), "name=a kind=aes"));
    }

    @Test
    void deletionOfAnAccount_takesItsSigners() {
        signers.add(1001, aes("a"));
        room.accounts.delete(1001);
        assertThat(room.database.<Long>withHandle(handle -> handle.createQuery("select count(*) from signer")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    private static StoredSigner aes(String name) {
        return new StoredSigner(name, Kind.AES, "ring-1", WRAPPED, null);
    }
}
