package io.playgrant.revocation;

import static io.playgrant.revocation.SampleClaims.FILM;
import static io.playgrant.revocation.SampleClaims.ID;
import static io.playgrant.revocation.SampleClaims.NOW;
import static io.playgrant.revocation.SampleClaims.TRAILER;
import static io.playgrant.revocation.SampleClaims.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import io.playgrant.token.Claims;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RevocationCacheTest {

    private static final String OTHER_ID = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private Database database;
    private Database another;
    private Revocations revocations;
    private Revocation early;
    private RevocationCache cache;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        Audit audit = new Audit(another, clock, "tester");
        revocations = new Revocations(another, audit, clock);
        early = revocations
                .revoke(new Scope(OTHER_ID, null, null, null, null), "")
                .revocation();
        cache = new RevocationCache(new Revocations(database, audit, clock), clock, schedule, nanoTime::get);
    }

    @AfterEach
    void close() {
        cache.close();
        another.close();
        database.close();
    }

    @Test
    void earlierRevocation_isFoundAtOnce() {
        assertThat(cache.find(token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM)))
                .contains(early);
        assertThat(cache.find(token())).isEmpty();
    }

    @Test
    void newRevocation_isSeenWithin5Seconds_andItsEndAsWell() {
        Revocation revocation = revocations.revoke(token(), "leaked").revocation();
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).equals(Optional.of(revocation)));
        assertThat(revocations.withdraw(revocation.id())).isTrue();
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).isEmpty());
        assertThat(cache.find(token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM)))
                .contains(early);
    }

    @Test
    void scopes_areFoundAsTheyCover() {
        Instant later = NOW.plusSeconds(1);
        Revocation ofKey = revoke(new Scope(null, FILM, null, null, later));
        Revocation ofAccount = revoke(new Scope(null, null, 1002L, Environment.TEST, later));
        Revocation ofBoth = revoke(new Scope(null, TRAILER, 1003L, null, later));
        Claims last = token(ID, 1003, Environment.TEST, NOW, TRAILER);
        await().atMost(SEEN_WITHIN).until(() -> cache.find(last).isPresent());
        assertThat(cache.find(last)).contains(ofBoth);
        assertThat(cache.find(token(ID, 1001, Environment.TEST, NOW, TRAILER, FILM)))
                .contains(ofKey);
        assertThat(cache.find(token(ID, 1002, Environment.TEST, NOW, TRAILER))).contains(ofAccount);
        assertThat(cache.find(token(ID, 1002, Environment.PRODUCTION, NOW, TRAILER)))
                .isEmpty();
        assertThat(cache.find(token(ID, 1001, Environment.TEST, NOW, TRAILER))).isEmpty();
        assertThat(cache.find(token(ID, 1001, Environment.TEST, later, FILM))).isEmpty();
    }

    @Test
    void firstRevocation_isTheOneThatIsFound() {
        Instant later = NOW.plusSeconds(1);
        Revocation first = revoke(new Scope(null, null, 1001L, null, later));
        Revocation second = revoke(new Scope(null, FILM, null, null, later));
        Revocation third = revocations.revoke(token(), "").revocation();
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).equals(Optional.of(first)));
        revocations.withdraw(first.id());
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).equals(Optional.of(second)));
        revocations.withdraw(second.id());
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).equals(Optional.of(third)));
    }

    @Test
    void find_needsNoDatabase_andMayBeCalledOnEventLoops() throws Exception {
        database.close();
        assertThat(CompletableFuture.supplyAsync(
                                () -> {
                                    NonBlockingThreads.addCurrent();
                                    return cache.find(token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM));
                                },
                                task -> new Thread(task).start())
                        .get())
                .contains(early);
    }

    @Test
    void databaseAway_leavesTheKnownOnesForAMinute_andChangesAreSeenWhenItIsBack() {
        another.inTransaction(handle -> handle.execute("alter table revocation_revision rename to away"));
        Claims other = token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM);
        nanoTime.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(cache.find(other)).contains(early);
        assertThat(cache.find(token())).isEmpty();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        for (Claims token : new Claims[] {other, token()}) {
            assertThatThrownBy(() -> cache.find(token))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("Changes of revocations could not be read for 61 seconds");
        }
        another.inTransaction(handle -> {
            handle.execute("update away set revision = 2");
            return handle.execute(
                    "insert into revocation (token_id, reason, who, revoked_at, expires_at, withdrawn, revision)"
                            + " values (?, 'meanwhile', 'tester', ?, ?, false, 2)",
                    ID,
                    NOW.atOffset(ZoneOffset.UTC),
                    NOW.plusSeconds(60).atOffset(ZoneOffset.UTC));
        });
        another.inTransaction(handle -> handle.execute("alter table away rename to revocation_revision"));
        // The first answer must be the new one.
        assertThat(await().atMost(SEEN_WITHIN)
                        .ignoreExceptionsInstanceOf(StorageException.class)
                        .until(() -> cache.find(token()), found -> true))
                .map(Revocation::reason)
                .contains("meanwhile");
        assertThat(cache.find(other)).contains(early);
    }

    @Test
    void revocation_isFoundForAnHourAfterItsEnd_andThenForgotten() {
        Revocation revocation = revocations.revoke(token(), "").revocation();
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).isPresent());
        clock.set(revocation.expiresAt().plusSeconds(60));
        Revocation next = revoke(new Scope(null, TRAILER, null, null, NOW.plusSeconds(1)));
        Claims trailer = token(ID, 1002, Environment.TEST, NOW, TRAILER);
        await().atMost(SEEN_WITHIN).until(() -> cache.find(trailer).equals(Optional.of(next)));
        assertThat(cache.find(token())).contains(revocation);
        clock.set(revocation.expiresAt().plus(Duration.ofHours(2)).plusSeconds(61));
        await().atMost(SEEN_WITHIN).until(() -> cache.find(token()).isEmpty());
        assertThat(cache.find(trailer)).contains(next);
    }

    @Test
    void revisionThatGoesBack_asAfterARestore_readsAllAnew() {
        another.inTransaction(handle -> {
            handle.execute("delete from revocation");
            return handle.execute("update revocation_revision set revision = 0");
        });
        Claims other = token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM);
        await().atMost(SEEN_WITHIN).until(() -> cache.find(other).isEmpty());
    }

    @Test
    void newCache_isRefusedWhenTheDatabaseIsClosed() {
        database.close();
        Revocations closed = new Revocations(database, new Audit(database, clock, "tester"), clock);
        assertThatThrownBy(() -> new RevocationCache(closed, clock, schedule).close())
                .isInstanceOf(StorageException.class);
    }

    private Revocation revoke(Scope scope) {
        return revocations.revoke(scope, "").revocation();
    }
}
