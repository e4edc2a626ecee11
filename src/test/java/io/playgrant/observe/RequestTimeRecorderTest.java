package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.playgrant.CapturedLog;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import io.playgrant.token.SettableClock;
import io.playgrant.usage.RequestTimes;
import io.playgrant.usage.RequestTimes.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Polls by itself, not by the schedule. */
class RequestTimeRecorderTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @AutoClose
    private final Metrics metrics = new Metrics();

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(RequestTimeRecorder.class);

    private final RequestMeters http = metrics.requests("http");
    private final RequestMeters license = metrics.requests("license");
    private final SettableClock clock = new SettableClock(NOON, Duration.ZERO);
    private final List<Bucket> written = new ArrayList<>();
    private boolean away;
    private RequestTimeRecorder recorder;

    @BeforeEach
    void start() {
        Schedule idle = new Schedule();
        idle.close();
        recorder = new RequestTimeRecorder(metrics, this::write, clock, idle);
    }

    private void write(List<Bucket> buckets) {
        if (away) {
            throw new StorageException("away");
        }
        written.addAll(buckets);
    }

    @Test
    void poll_writesTheRequestsOfAMinute_whenItHasEnded_once() {
        http.took(250_000);
        http.took(250_001);
        http.took(2_000_000);
        http.took(20_000_000_000L);
        license.took(2_000_000);
        recorder.poll();
        assertThat(written).isEmpty();
        clock.set(NOON.plusSeconds(60));
        recorder.poll();
        assertThat(written)
                .containsExactlyInAnyOrder(
                        new Bucket("http", NOON, 250, 1),
                        new Bucket("http", NOON, 500, 1),
                        new Bucket("http", NOON, 2_500, 1),
                        new Bucket("http", NOON, RequestTimes.SLOWEST, 1),
                        new Bucket("license", NOON, 2_500, 1));
        written.clear();
        recorder.poll();
        clock.set(NOON.plusSeconds(120));
        recorder.poll();
        assertThat(written).isEmpty();
        http.took(2_000_000);
        clock.set(NOON.plusSeconds(180));
        recorder.poll();
        assertThat(written).containsExactly(new Bucket("http", NOON.plusSeconds(120), 2_500, 1));
    }

    @Test
    void close_writesTheRequestsOfTheMinuteThatRuns() {
        http.took(2_000_000);
        recorder.close();
        assertThat(written).containsExactly(new Bucket("http", NOON, 2_500, 1));
    }

    @Test
    void whileTheDatabaseIsAway_theLastHourWaits_andThatIsLoggedOnce() {
        away = true;
        for (int minute = 0; minute < 70; minute++) {
            http.took(2_000_000);
            clock.set(NOON.plusSeconds(60L * (minute + 1)));
            recorder.poll();
        }
        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("The request times of this server cannot be written now and wait. away");
        away = false;
        recorder.poll();
        assertThat(written).hasSize(60).startsWith(new Bucket("http", NOON.plusSeconds(600), 2_500, 1));
    }
}
