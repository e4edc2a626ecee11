package io.playgrant.revocation;

import static io.playgrant.revocation.SampleClaims.FILM;
import static io.playgrant.revocation.SampleClaims.ID;
import static io.playgrant.revocation.SampleClaims.NOW;
import static io.playgrant.revocation.SampleClaims.TRAILER;
import static io.playgrant.revocation.SampleClaims.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.audit.AuditEntry;
import io.playgrant.contentkey.KeyId;
import io.playgrant.revocation.Revocations.Made;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.Revisions;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.token.Claims;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RevocationsTest {

    private static final String OTHER_ID = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private Database database;
    private Database another;
    private Audit audit;
    private Revocations revocations;
    private Revocations otherNode;

    @BeforeEach
    void openBoth(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        audit = new Audit(database, clock, "tester");
        revocations = new Revocations(database, audit, clock);
        otherNode = new Revocations(another, audit, clock);
    }

    @AfterEach
    void closeBoth() {
        another.close();
        database.close();
    }

    @Test
    void revokedToken_isFoundByEveryNode_untilItExpires() {
        Made made = revocations.revoke(token(), "leaked");
        assertThat(made)
                .isEqualTo(new Made(
                        new Revocation(
                                1,
                                new Scope(ID, null, 1001L, Environment.PRODUCTION, null),
                                "leaked",
                                "tester",
                                NOW,
                                NOW.plusSeconds(3_600)),
                        true));
        assertThat(otherNode.find(token())).contains(made.revocation());
        assertThat(otherNode.list()).containsExactly(made.revocation());
        assertThat(otherNode.find(token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM)))
                .isEmpty();
        clock.set(NOW.plusSeconds(3_600));
        assertThat(otherNode.find(token())).isEmpty();
        assertThat(otherNode.list()).isEmpty();
    }

    @Test
    void sameToken_isRevokedOnce_alsoByItsId() {
        Revocation first = revocations.revoke(Scope.ofTokenId(ID), "").revocation();
        assertThat(first.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)).plus(Duration.ofHours(1)));
        assertThat(otherNode.revoke(token(), "again")).isEqualTo(new Made(first, false));
        assertThat(revocations.list()).containsExactly(first);
        assertThat(audit.list(OptionalLong.empty(), 10)).hasSize(1);
    }

    @Test
    void scopes_areFoundAsTheyCover() {
        Instant later = NOW.plusSeconds(1);
        Revocation ofKey =
                revocations.revoke(new Scope(null, FILM, null, null, later), "").revocation();
        Revocation ofAccount = revocations
                .revoke(new Scope(null, null, 1002L, Environment.TEST, later), "")
                .revocation();
        Revocation ofBoth = revocations
                .revoke(new Scope(null, TRAILER, 1003L, null, later), "")
                .revocation();
        assertThat(otherNode.find(token(ID, 1001, Environment.TEST, NOW, TRAILER, FILM)))
                .contains(ofKey);
        assertThat(otherNode.find(token(ID, 1002, Environment.TEST, NOW, TRAILER)))
                .contains(ofAccount);
        assertThat(otherNode.find(token(ID, 1002, Environment.PRODUCTION, NOW, TRAILER)))
                .isEmpty();
        assertThat(otherNode.find(token(ID, 1003, Environment.TEST, NOW, TRAILER)))
                .contains(ofBoth);
        assertThat(otherNode.find(token(ID, 1001, Environment.TEST, NOW, TRAILER)))
                .isEmpty();
        assertThat(otherNode.find(token(ID, 1001, Environment.TEST, later, FILM)))
                .isEmpty();
        assertThat(otherNode.list()).containsExactly(ofKey, ofAccount, ofBoth);
    }

    @Test
    void firstRevocation_isTheOneThatIsFound() {
        Revocation first = revocations
                .revoke(new Scope(null, null, 1001L, null, NOW.plusSeconds(1)), "first")
                .revocation();
        Revocation second = revocations.revoke(token(), "second").revocation();
        assertThat(revocations.find(token())).contains(first);
        assertThat(revocations.withdraw(first.id())).isTrue();
        assertThat(revocations.find(token())).contains(second);
    }

    @Test
    void withdrawnRevocation_isInForceNoMore_andCanBeMadeAnew() {
        Revocation revocation = revocations.revoke(token(), "").revocation();
        assertThat(otherNode.withdraw(revocation.id())).isTrue();
        assertThat(revocations.find(token())).isEmpty();
        assertThat(revocations.list()).isEmpty();
        assertThat(revocations.withdraw(revocation.id())).isFalse();
        assertThat(revocations.withdraw(99)).isFalse();
        Made again = revocations.revoke(token(), "");
        assertThat(again.isNew()).isTrue();
        assertThat(again.revocation().id()).isGreaterThan(revocation.id());
    }

    @Test
    void page_andFind_giveThoseInForce() {
        long first = revocations
                .revoke(Scope.ofTokenId("00".repeat(16)), "")
                .revocation()
                .id();
        long second = revocations
                .revoke(Scope.ofTokenId("11".repeat(16)), "")
                .revocation()
                .id();
        long third = revocations
                .revoke(Scope.ofTokenId("22".repeat(16)), "")
                .revocation()
                .id();
        revocations.withdraw(second);
        assertThat(revocations.page(0, 1)).extracting(Revocation::id).containsExactly(first);
        assertThat(revocations.page(first, 5)).extracting(Revocation::id).containsExactly(third);
        assertThat(revocations.find(first)).contains(revocations.list().get(0));
        assertThat(revocations.find(second)).isEmpty();
    }

    @Test
    void expiredRevocation_cannotBeWithdrawn_andGoesWhenOneIsMade() {
        Revocation revocation = revocations.revoke(token(), "").revocation();
        clock.set(revocation.expiresAt());
        assertThat(revocations.withdraw(revocation.id())).isFalse();
        // Others may have slower clocks.
        revocations.revoke(Scope.ofTokenId(OTHER_ID), "");
        assertThat(rows()).isEqualTo(2);
        clock.set(revocation.expiresAt().plus(Duration.ofHours(1)).plusSeconds(1));
        revocations.revoke(new Scope(null, FILM, null, null, NOW), "");
        assertThat(rows()).isEqualTo(2);
        assertThat(revocations.list()).extracting(Revocation::id).containsExactly(2L, 3L);
    }

    @Test
    void everyChange_takesTheNextRevision_whichItsRowBears() {
        revocations.revoke(token(), "");
        otherNode.revoke(new Scope(null, FILM, null, null, NOW), "");
        revocations.revoke(token(), "");
        assertThat(revision()).isEqualTo(2);
        otherNode.withdraw(1);
        assertThat(revision()).isEqualTo(3);
        List<String> changed = database.withHandle(
                handle -> handle.createQuery("select id, withdrawn from revocation where revision > 2")
                        .map((row, context) -> row.getLong("id") + " " + row.getBoolean("withdrawn"))
                        .list());
        assertThat(changed).containsExactly("1 true");
    }

    @Test
    void changes_areAudited() {
        revocations.revoke(token(), "");
        revocations.revoke(new Scope(null, FILM, null, Environment.TEST, NOW), "the film leaked");
        revocations.withdraw(1);
        assertThat(audit.list(OptionalLong.empty(), 10))
                .containsExactly(
                        new AuditEntry(
                                NOW,
                                "tester",
                                "revocation delete",
                                OptionalLong.of(1001),
                                "id=1 token=" + ID + " account=1001 environment=production"),
                        new AuditEntry(
                                NOW,
                                "tester",
                                "token revoke",
                                OptionalLong.empty(),
                                "id=2 kid=" + FILM
                                        + " environment=test issuedBefore=2026-11-23T12:00:00Z reason=the film leaked"),
                        new AuditEntry(
                                NOW,
                                "tester",
                                "token revoke",
                                OptionalLong.of(1001),
                                "id=1 token=" + ID + " account=1001 environment=production"));
    }

    @Test
    void longestReason_isKept() {
        String reason = "🎬".repeat(Revocations.LONGEST_REASON / 2);
        revocations.revoke(token(), reason);
        assertThat(otherNode.find(token())).map(Revocation::reason).contains(reason);
    }

    @Test
    void tokenOfSeveralKeys_isFoundByEachOfThem() {
        KeyId[] kids =
                IntStream.range(0, 16).mapToObj(n -> KeyId.ofName("key " + n)).toArray(KeyId[]::new);
        Claims token = token(ID, 1001, Environment.PRODUCTION, NOW, kids);
        for (KeyId kid : kids) {
            Scope scope = new Scope(null, kid, null, null, NOW.plusSeconds(1));
            Revocation revocation = revocations.revoke(scope, "").revocation();
            assertThat(otherNode.find(token)).contains(revocation);
            revocations.withdraw(revocation.id());
        }
    }

    @Test
    void databaseOutOfReach_isSaid() {
        database.close();
        assertThatThrownBy(() -> revocations.revoke(token(), "")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> revocations.withdraw(1)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> revocations.find(token())).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> revocations.list()).isInstanceOf(StorageException.class);
    }

    private long rows() {
        return database.withHandle(handle -> handle.createQuery("select count(*) from revocation")
                .mapTo(Long.class)
                .one());
    }

    private long revision() {
        return database.withHandle(Revisions.REVOCATIONS::last);
    }
}
