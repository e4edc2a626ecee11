package io.playgrant.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RedemptionRetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Redemptions.REMEMBERED).minusSeconds(1);

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private Database database;
    private Redemptions redemptions;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        redemptions = new Redemptions(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void expiredTokens_areForgottenWithTheirReservations_anHourLate() {
        Claims old = token(1, LONG_AGO);
        Claims recent = token(2, NOW.minus(Redemptions.REMEMBERED));
        for (Claims token : List.of(old, recent)) {
            redemptions.confirm(redemptions.reserve(token, new byte[] {1}));
            assertThat(redemptions.reserve(token, new byte[] {2})).isNotNull();
        }
        try (RedemptionRetention retention = new RedemptionRetention(redemptions, clock, schedule)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> redemptions.used(old) == 0);
            assertThat(retention).isNotNull();
        }
        assertThat(redemptions.used(recent)).isEqualTo(1);
        assertThat(rows("redemption")).isEqualTo(1);
        assertThat(rows("redemption_reservation")).isEqualTo(2);
    }

    @Test
    void deletion_goesInSteps_oldestFirst() {
        for (int i = 0; i < 5; i++) {
            redemptions.confirm(redemptions.reserve(token(i, LONG_AGO.minusSeconds(i)), new byte[] {1}));
        }
        assertThat(redemptions.deleteSomeExpired(2)).isEqualTo(2);
        assertThat(redemptions.used(token(4, LONG_AGO))).isZero();
        assertThat(redemptions.used(token(3, LONG_AGO))).isZero();
        assertThat(redemptions.deleteSomeExpired(2)).isEqualTo(2);
        assertThat(redemptions.deleteSomeExpired(2)).isEqualTo(1);
        assertThat(redemptions.deleteSomeExpired(2)).isZero();
    }

    @Test
    void deletion_skipsWhatAnotherServerHasLocked() {
        redemptions.confirm(redemptions.reserve(token(1, LONG_AGO), new byte[] {1}));
        redemptions.confirm(redemptions.reserve(token(2, LONG_AGO), new byte[] {1}));
        int deletedMeanwhile = database.inTransaction(handle -> {
            RedemptionTable.lock(handle, token(1, LONG_AGO).tokenId());
            return CompletableFuture.supplyAsync(() -> redemptions.deleteSomeExpired(10))
                    .join();
        });
        assertThat(deletedMeanwhile).isEqualTo(1);
        assertThat(redemptions.used(token(1, LONG_AGO))).isEqualTo(1);
    }

    private long rows(String table) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    private static Claims token(int number, Instant expiresAt) {
        return new ClaimsBuilder()
                .tokenId("%032x".formatted(number))
                .expiresAt(expiresAt)
                .maxRedemptions(3)
                .build();
    }
}
