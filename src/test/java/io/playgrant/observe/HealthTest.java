package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final AtomicReference<Optional<String>> database = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> ring = new AtomicReference<>(Optional.empty());
    private final Health health = new Health(
            List.of(new HealthCheck("database", true, database::get), new HealthCheck("ring", false, ring::get)));

    @Test
    void ready_isDownUntilRequestsAreServed_andAgainAtTheEnd() {
        assertThat(health.ready().isUp()).isFalse();
        health.serves();
        assertThat(health.ready().isUp()).isTrue();
        assertThat(health.all().isUp()).isTrue();
        health.ends();
        assertThat(health.ready().isUp()).isFalse();
        assertThat(health.all().isUp()).isFalse();
    }

    @Test
    void live_isUpAllTheTime() {
        assertThat(health.live().isUp()).isTrue();
        health.ends();
        database.set(Optional.of("gone"));
        assertThat(health.live().isUp()).isTrue();
    }

    @Test
    void databaseInTrouble_takesTheNodeAway() {
        health.serves();
        database.set(Optional.of("gone"));
        assertThat(health.ready().isUp()).isFalse();
        assertThat(health.all().isUp()).isFalse();
    }

    @Test
    void ringInTrouble_isShown_butTheNodeServesOn() {
        health.serves();
        ring.set(Optional.of("broken"));
        assertThat(health.all().isUp()).isFalse();
        assertThat(health.ready().isUp()).isTrue();
        assertThat(health.ready().checks())
                .extracting(HealthReport.Finding::name)
                .containsExactly("service", "database");
    }

    @Test
    void note_isShown_andTheNodeIsUp() {
        health.serves();
        health.note("test-license-service", "for tests only");
        assertThat(health.all().isUp()).isTrue();
        assertThat(health.all().checks())
                .contains(new HealthReport.Finding("test-license-service", "UP", Map.of("warning", "for tests only")));
        assertThat(health.ready().checks())
                .extracting(HealthReport.Finding::name)
                .doesNotContain("test-license-service");
    }
}
