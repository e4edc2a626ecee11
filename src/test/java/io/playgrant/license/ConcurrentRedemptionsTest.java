package io.playgrant.license;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many threads of two servers redeem the same tokens. */
@EachDatabase
class ConcurrentRedemptionsTest {

    private static final int THREADS = 16;

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private Database database;
    private Database another;
    private Redemptions[] nodes;

    @BeforeEach
    void openBoth(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        nodes = new Redemptions[] {new Redemptions(database, clock), new Redemptions(another, clock)};
        // Loads the classes of the database, which may take longer than one transaction waits for another.
        for (int node = 0; node < 2; node++) {
            nodes[node].confirm(reserve(node, token(1_000 + node, 1), 1).orElseThrow());
        }
    }

    @AfterEach
    void closeBoth() {
        threads.shutdownNow();
        another.close();
        database.close();
    }

    @Test
    void limit_isExact_ifSomeAreReleasedAndOthersConfirmed() throws Exception {
        Claims token = token(1, 40);
        AtomicInteger challenges = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        AtomicInteger mostHeld = new AtomicInteger();
        AtomicInteger confirmed = new AtomicInteger();
        inEachThread(thread -> () -> {
            Random random = new Random(thread);
            for (int i = 0; i < 20; i++) {
                Optional<Reservation> reservation = reserve(thread, token, challenges.incrementAndGet());
                if (reservation.isPresent()) {
                    mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                    if (random.nextInt(4) == 0) {
                        nodes[random.nextInt(2)].confirm(reservation.get());
                        confirmed.incrementAndGet();
                    } else {
                        held.decrementAndGet();
                        nodes[random.nextInt(2)].release(reservation.get());
                    }
                }
            }
            return null;
        });
        assertThat(nodes[0].used(token)).isEqualTo(confirmed.get());
        for (int node = 0; node < 2; node++) {
            Optional<Reservation> rest = reserve(node, token, challenges.incrementAndGet());
            while (rest.isPresent()) {
                nodes[node].confirm(rest.get());
                confirmed.incrementAndGet();
                rest = reserve(node, token, challenges.incrementAndGet());
            }
        }
        assertThat(confirmed).hasValue(40);
        assertThat(mostHeld).hasValueBetween(1, 40);
        assertThat(nodes[1].used(token)).isEqualTo(40);
    }

    @Test
    void lastRedemption_isGivenOnce() throws Exception {
        int tokens = 25;
        AtomicInteger[] given = new AtomicInteger[tokens];
        for (int i = 0; i < tokens; i++) {
            given[i] = new AtomicInteger();
        }
        CyclicBarrier start = new CyclicBarrier(THREADS);
        inEachThread(thread -> () -> {
            for (int i = 0; i < tokens; i++) {
                Claims token = token(i, 1);
                start.await();
                Optional<Reservation> reservation = reserve(thread, token, thread);
                if (reservation.isPresent()) {
                    nodes[thread % 2].confirm(reservation.get());
                    given[i].incrementAndGet();
                }
            }
            return null;
        });
        assertThat(given).extracting(AtomicInteger::get).containsOnly(1);
    }

    @Test
    void sameChallenge_isCountedOnce_andAlwaysAnswered() throws Exception {
        Claims token = token(1, 1);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        inEachThread(thread -> () -> {
            Random random = new Random(thread);
            start.await();
            for (int i = 0; i < 10; i++) {
                Reservation reservation = reserve(thread, token, 7).orElseThrow();
                if (random.nextBoolean()) {
                    nodes[thread % 2].confirm(reservation);
                } else {
                    nodes[thread % 2].release(reservation);
                }
            }
            return null;
        });
        nodes[0].confirm(reserve(0, token, 7).orElseThrow());
        assertThat(nodes[1].used(token)).isEqualTo(1);
        assertThat(reserve(1, token, 8)).isEmpty();
    }

    /** Empty if no redemption is left. */
    private Optional<Reservation> reserve(int node, Claims token, int challenge) {
        try {
            return Optional.of(nodes[node % 2].reserve(
                    token, ByteBuffer.allocate(4).putInt(challenge).array()));
        } catch (TokenException e) {
            assertThat(e.code()).as(e.reason()).isEqualTo(ErrorCode.INVALID_TOKEN);
            return Optional.empty();
        }
    }

    private void inEachThread(IntFunction<Callable<Object>> work) throws Exception {
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(threads.submit(work.apply(i)));
        }
        for (Future<Object> one : all) {
            one.get();
        }
    }

    private static Claims token(int number, int most) {
        return new ClaimsBuilder()
                .tokenId("%032x".formatted(number))
                .maxRedemptions(most)
                .build();
    }
}
