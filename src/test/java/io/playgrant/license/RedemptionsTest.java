package io.playgrant.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.storage.WouldBlockException;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RedemptionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] ONE = {1};
    private static final byte[] OTHER = {2};
    private static final byte[] THIRD = {3};

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private Database database;
    private Database another;
    private Redemptions redemptions;
    private Redemptions otherNode;

    @BeforeEach
    void openBoth(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        redemptions = new Redemptions(database, clock);
        otherNode = new Redemptions(another, clock);
    }

    @AfterEach
    void closeBoth() {
        another.close();
        database.close();
    }

    @Test
    void tokenWithoutALimit_isNotCounted_andNeedsNoDatabase() throws Exception {
        database.close();
        Claims token = token(null);
        Reservation reservation = onEventLoop(() -> redemptions.reserve(token, ONE));
        assertThat(reservation).isSameAs(redemptions.reserve(token, OTHER));
        assertThat(reservation.isRepeated()).isFalse();
        redemptions.confirm(reservation);
        redemptions.release(reservation);
        assertThat(redemptions.used(token)).isZero();
    }

    @Test
    void token_isRedeemedAsOftenAsItAllows_onAllNodesTogether() {
        Claims token = token(2);
        assertThat(redemptions.used(token)).isZero();
        redemptions.confirm(redemptions.reserve(token, ONE));
        assertThat(otherNode.used(token)).isEqualTo(1);
        otherNode.confirm(otherNode.reserve(token, OTHER));
        assertThat(redemptions.used(token)).isEqualTo(2);
        assertRefused(redemptions, token, THIRD);
        assertRefused(otherNode, token, THIRD);
        Claims another =
                new ClaimsBuilder().tokenId("f".repeat(32)).maxRedemptions(1).build();
        redemptions.confirm(redemptions.reserve(another, ONE));
        assertThat(redemptions.used(token)).isEqualTo(2);
    }

    @Test
    void refusal_saysHowManyAreUsed_onlyToTheOperator() {
        Claims token = token(1);
        redemptions.confirm(redemptions.reserve(token, ONE));
        TokenException refusal = assertRefused(redemptions, token, OTHER);
        assertThat(refusal.reason()).isEqualTo("no redemptions are left, maxRedemptions is 1");
        assertThat(refusal.details()).isEmpty();
        assertThat(refusal.status()).isEqualTo(401);
    }

    @Test
    void reservation_isNotUsed_butNobodyElseHasIt() {
        Claims token = token(1);
        Reservation reservation = redemptions.reserve(token, ONE);
        assertThat(redemptions.used(token)).isZero();
        assertRefused(otherNode, token, OTHER);
        redemptions.confirm(reservation);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void releasedReservation_isFreeAgain() {
        Claims token = token(1);
        redemptions.release(redemptions.reserve(token, ONE));
        Reservation next = otherNode.reserve(token, OTHER);
        assertRefused(redemptions, token, ONE);
        otherNode.confirm(next);
        assertThat(otherNode.used(token)).isEqualTo(1);
    }

    @Test
    void confirmedReservation_canNeitherBeReleasedNorCountedTwice() {
        Claims token = token(2);
        Reservation reservation = redemptions.reserve(token, ONE);
        redemptions.confirm(reservation);
        redemptions.confirm(reservation);
        redemptions.release(reservation);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void reservationThatNobodyEnded_isFreeAgainWithinAMinute() {
        Claims token = token(1);
        assertThat(redemptions.reserve(token, ONE)).isNotNull();
        clock.set(NOW.plus(Redemptions.LEASE));
        assertRefused(otherNode, token, OTHER);
        clock.set(NOW.plusSeconds(60));
        otherNode.confirm(otherNode.reserve(token, OTHER));
        assertThat(otherNode.used(token)).isEqualTo(1);
    }

    @Test
    void confirmationAfterTheLease_countsIfThereIsRoom() {
        Claims token = token(2);
        Reservation late = redemptions.reserve(token, ONE);
        Reservation later = redemptions.reserve(token, OTHER);
        clock.set(NOW.plusSeconds(51));
        redemptions.confirm(late);
        assertThat(redemptions.used(token)).isEqualTo(1);
        // Deletes what has ended.
        otherNode.release(otherNode.reserve(token, THIRD));
        redemptions.confirm(later);
        assertThat(redemptions.used(token)).isEqualTo(2);
        assertRefused(redemptions, token, THIRD);
    }

    @Test
    void confirmationAfterTheLease_isRefusedIfAnotherTookItsPlace() {
        Claims token = token(1);
        Reservation late = redemptions.reserve(token, ONE);
        clock.set(NOW.plusSeconds(51));
        Reservation next = otherNode.reserve(token, OTHER);
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> redemptions.confirm(late));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
        redemptions.release(late);
        otherNode.confirm(next);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void sameChallenge_isAnsweredAgainFor60Seconds_uncounted() {
        Claims token = token(1);
        redemptions.confirm(redemptions.reserve(token, ONE));
        for (int seconds : new int[] {0, 30, 60}) {
            clock.set(NOW.plusSeconds(seconds));
            Reservation again = otherNode.reserve(token, ONE);
            assertThat(again.isRepeated()).isTrue();
            otherNode.confirm(again);
            otherNode.release(again);
        }
        assertThat(redemptions.used(token)).isEqualTo(1);
        clock.set(NOW.plusSeconds(60).plusMillis(1));
        assertRefused(redemptions, token, ONE);
    }

    @Test
    void sameChallenge_isCountedAgainAfter60Seconds() {
        Claims token = token(2);
        redemptions.confirm(redemptions.reserve(token, ONE));
        clock.set(NOW.plusSeconds(61));
        Reservation again = redemptions.reserve(token, ONE);
        assertThat(again.isRepeated()).isFalse();
        redemptions.confirm(again);
        assertThat(redemptions.used(token)).isEqualTo(2);
    }

    @Test
    void sameChallengeUnderWay_sharesTheReservation() {
        Claims token = token(1);
        Reservation first = redemptions.reserve(token, ONE);
        Reservation second = otherNode.reserve(token, ONE);
        redemptions.release(first);
        assertRefused(redemptions, token, OTHER);
        otherNode.confirm(second);
        assertThat(redemptions.used(token)).isEqualTo(1);

        clock.set(NOW.plusSeconds(61));
        Claims other =
                new ClaimsBuilder().tokenId("f".repeat(32)).maxRedemptions(1).build();
        first = redemptions.reserve(other, ONE);
        second = otherNode.reserve(other, ONE);
        redemptions.confirm(first);
        otherNode.confirm(second);
        assertThat(redemptions.used(other)).isEqualTo(1);
    }

    @Test
    void sameChallengeUnderWay_isFreeWhenAllHaveReleasedIt() {
        Claims token = token(1);
        Reservation first = redemptions.reserve(token, ONE);
        Reservation second = otherNode.reserve(token, ONE);
        redemptions.release(first);
        otherNode.release(second);
        redemptions.confirm(redemptions.reserve(token, OTHER));
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void sameChallengeUnderWay_extendsTheLease() {
        Claims token = token(1);
        assertThat(redemptions.reserve(token, ONE)).isNotNull();
        clock.set(NOW.plusSeconds(40));
        Reservation second = otherNode.reserve(token, ONE);
        clock.set(NOW.plusSeconds(80));
        assertRefused(redemptions, token, OTHER);
        otherNode.confirm(second);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void databaseAway_refusesLimitedTokensForNow() {
        Claims token = token(1);
        Reservation reservation = redemptions.reserve(token, ONE);
        database.close();
        for (TokenException refusal : new TokenException[] {
            catchThrowableOfType(TokenException.class, () -> redemptions.reserve(token, OTHER)),
            catchThrowableOfType(TokenException.class, () -> redemptions.confirm(reservation))
        }) {
            assertThat(refusal)
                    .hasMessage("[-2030] ExpressPlay Admin error: redemptions cannot be counted now, try again later");
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.reason()).startsWith("The database failed: ");
        }
        // The lease returns it.
        redemptions.release(reservation);
        assertThatThrownBy(() -> redemptions.used(token)).isInstanceOf(StorageException.class);
        clock.set(NOW.plusSeconds(60));
        otherNode.confirm(otherNode.reserve(token, OTHER));
        assertThat(otherNode.used(token)).isEqualTo(1);
    }

    @Test
    void eventLoop_isRefusedBeforeAnythingChanges() throws Exception {
        Claims token = token(1);
        assertThatThrownBy(() -> onEventLoop(() -> redemptions.reserve(token, ONE)))
                .hasCauseInstanceOf(WouldBlockException.class);
        Reservation reservation = redemptions.reserve(token, OTHER);
        assertThatThrownBy(() -> onEventLoop(() -> {
                    redemptions.confirm(reservation);
                    return true;
                }))
                .hasCauseInstanceOf(WouldBlockException.class);
        assertThatThrownBy(() -> onEventLoop(() -> {
                    redemptions.release(reservation);
                    return true;
                }))
                .hasCauseInstanceOf(WouldBlockException.class);
        redemptions.confirm(reservation);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    @Test
    void reservationThatComesTooLate_isReleased() throws Exception {
        Claims token = token(1);
        redemptions.release(redemptions.reserve(token, ONE));
        Redemptions hasty = new Redemptions(another, clock, new DatabaseBulkhead(1, Duration.ofMillis(100)));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> holder = CompletableFuture.supplyAsync(() -> database.inTransaction(handle -> {
            int used = RedemptionTable.lock(handle, token.tokenId());
            locked.countDown();
            awaitUnchecked(end);
            return used;
        }));
        locked.await();
        assertThat(catchThrowableOfType(TokenException.class, () -> hasty.reserve(token, ONE))
                        .reason())
                .isEqualTo("The database has not answered within 0 seconds");
        end.countDown();
        holder.get();
        Reservation next = await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(TokenException.class)
                .until(() -> redemptions.reserve(token, OTHER), reservation -> true);
        redemptions.confirm(next);
        assertThat(redemptions.used(token)).isEqualTo(1);
    }

    private static Claims token(@Nullable Integer most) {
        return new ClaimsBuilder().maxRedemptions(most).build();
    }

    private static TokenException assertRefused(Redemptions node, Claims token, byte[] challenge) {
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> node.reserve(token, challenge));
        assertThat(refusal).hasMessage("[-4010] Invalid token");
        return refusal;
    }

    private static <T> T onEventLoop(Supplier<T> work) throws Exception {
        return CompletableFuture.supplyAsync(
                        () -> {
                            NonBlockingThreads.addCurrent();
                            return work.get();
                        },
                        task -> new Thread(task).start())
                .get();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
