package io.playgrant.license.cloud;

import static io.playgrant.account.Environment.PRODUCTION;
import static io.playgrant.account.Environment.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.CapturedLog;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.storage.WouldBlockException;
import io.playgrant.time.Schedule;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EachDatabase
class ServiceCertificatesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final CloudProvider PROVIDER = SampleProvider.with(Padding.ZERO);
    private static final CloudProvider ANOTHER = SampleProvider.named("another", Padding.ZERO);

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of(ServiceCertificates.class);

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile @Nullable String serial = "0a";
    private Database database;
    private ServiceCertificates certificates;
    private ServiceCertificates otherNode;

    @BeforeEach
    void openBoth(TestDatabase databases) {
        database = databases.open();
        Database another = databases.open();
        certificates = node(database);
        otherNode = node(another);
        open.add(another);
        open.add(database);
    }

    /** A node whose poller works only when the test tells it to. */
    private ServiceCertificates node(Database nodesDatabase) {
        Schedule schedule = new Schedule();
        schedule.close();
        ServiceCertificates node = new ServiceCertificates(nodesDatabase, this::fetch, clock, schedule);
        open.add(node);
        return node;
    }

    private ServiceCertificate fetch(CloudProvider provider) {
        fetches.incrementAndGet();
        if (serial == null) {
            throw TokenException.withReason(ErrorCode.LICENSE_GENERATION_FAILED, "the service is away");
        }
        return SampleCertificate.of(serial);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void certificate_isFetchedOnce_forAllNodes() {
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        serial = "0b";
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        assertThat(otherNode.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        assertThat(otherNode.get(TEST, PROVIDER).signedMessage()).isEqualTo(SampleCertificate.signedMessage("0a"));
        assertThat(fetches).hasValue(1);
    }

    @Test
    void everyEnvironmentAndProvider_hasItsOwn() {
        certificates.get(TEST, PROVIDER);
        serial = "0b";
        assertThat(certificates.get(PRODUCTION, PROVIDER).serial()).isEqualTo("0b");
        serial = "0c";
        assertThat(certificates.get(TEST, ANOTHER).serial()).isEqualTo("0c");
        assertThat(otherNode.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        assertThat(fetches).hasValue(3);
    }

    @Test
    void manyAtOnce_fetchOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Schedule schedule = new Schedule();
        schedule.close();
        ServiceCertificates slow = new ServiceCertificates(
                database,
                provider -> {
                    begun.countDown();
                    return fetch(provider);
                },
                clock,
                schedule);
        open.add(0, slow);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<ServiceCertificate> get = () -> slow.get(TEST, PROVIDER);
            for (Future<ServiceCertificate> one : threads.invokeAll(List.of(get, get, get, get, get, get, get, get))) {
                assertThat(one.get().serial()).isEqualTo("0a");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(begun.getCount()).isZero();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void failure_isTheAnswerToAll_forFiveSeconds() {
        serial = null;
        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(() -> certificates.get(TEST, PROVIDER))
                    .isInstanceOfSatisfying(
                            TokenException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo("the service is away"));
        }
        assertThat(fetches).hasValue(1);
        serial = "0a";
        clock.set(NOW.plusSeconds(5));
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
    }

    @Test
    void refresh_fetchesAnewAfterADay_byOneNode() {
        certificates.get(TEST, PROVIDER);
        otherNode.get(TEST, PROVIDER);
        serial = "0b";
        clock.set(NOW.plus(Duration.ofDays(1)).minusSeconds(1));
        certificates.refresh();
        assertThat(fetches).hasValue(1);

        clock.set(NOW.plus(Duration.ofDays(1)).plusSeconds(60));
        certificates.refresh();
        otherNode.refresh();

        assertThat(fetches).hasValue(2);
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0b");
        assertThat(otherNode.get(TEST, PROVIDER).serial()).isEqualTo("0b");
        assertThat(log.events())
                .extracting(Object::toString)
                .containsExactly(
                        "[INFO] The service certificate of widevine_test (test) has changed; its serial number is 0b");
    }

    @Test
    void refreshedBySomebodyElse_isSeenWithinAMinute() {
        certificates.get(TEST, PROVIDER);
        otherNode.preload(TEST, PROVIDER, SampleCertificate.of("0b"));
        clock.set(NOW.plusSeconds(59));
        certificates.refresh();
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        clock.set(NOW.plusSeconds(60));
        certificates.refresh();
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0b");
    }

    @Test
    void oldCertificate_staysInUse_whileTheServiceIsAway() {
        certificates.get(TEST, PROVIDER);
        otherNode.get(TEST, PROVIDER);
        serial = null;
        Instant later = NOW.plus(Duration.ofDays(2));
        clock.set(later);
        certificates.refresh();
        otherNode.refresh();
        assertThat(fetches).hasValue(2);
        clock.set(later.plusSeconds(301));
        otherNode.refresh();
        certificates.refresh();
        assertThat(fetches).hasValue(3);
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        assertThat(log.events())
                .extracting(Object::toString)
                .hasSize(2)
                .allMatch(line -> line.equals("[WARN] The service certificate of widevine_test (test) is from"
                        + " 2026-11-23T12:00:00Z and cannot be fetched again: the service is away"));
    }

    @Test
    void refresh_survivesEveryFailure() {
        certificates.get(TEST, PROVIDER);
        Schedule schedule = new Schedule();
        schedule.close();
        ServiceCertificates broken = new ServiceCertificates(
                database,
                provider -> {
                    throw new IllegalStateException("a mistake");
                },
                clock,
                schedule);
        open.add(0, broken);
        broken.get(TEST, PROVIDER);
        clock.set(NOW.plus(Duration.ofDays(2)));
        broken.refresh();
        assertThat(log.events())
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("The service certificates cannot be refreshed: java.lang.IllegalStateException")
                        .doesNotContain("a mistake"));
    }

    @Test
    void preloaded_isServedWithoutTheService_andFetchedAnewAfterADay() {
        serial = null;
        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0c"));
        assertThat(otherNode.get(TEST, PROVIDER).serial()).isEqualTo("0c");
        assertThat(fetches).hasValue(0);
        serial = "0d";
        clock.set(NOW.plus(Duration.ofDays(1)).plusSeconds(1));
        otherNode.refresh();
        assertThat(otherNode.get(TEST, PROVIDER).serial()).isEqualTo("0d");

        // As at the next start: the file still holds the certificate before.
        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0c"));
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0d");

        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0e"));
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0e");
    }

    @Test
    void oursAre_theCurrentOneAndTheOneBefore() {
        assertThat(certificates.isOurs(TEST, PROVIDER, "ff")).isTrue();
        certificates.get(TEST, PROVIDER);
        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0b"));
        assertThat(certificates.isOurs(TEST, PROVIDER, "0a")).isTrue();
        assertThat(certificates.isOurs(TEST, PROVIDER, "0b")).isTrue();
        assertThat(certificates.isOurs(TEST, PROVIDER, "0c")).isFalse();
        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0c"));
        certificates.preload(TEST, PROVIDER, SampleCertificate.of("0c"));
        assertThat(certificates.isOurs(TEST, PROVIDER, "0a")).isFalse();
        assertThat(certificates.isOurs(TEST, PROVIDER, "0b")).isTrue();
    }

    @Test
    void oursAre_thoseThatAnotherNodeJustStored() {
        certificates.get(TEST, PROVIDER);
        otherNode.preload(TEST, PROVIDER, SampleCertificate.of("0b"));
        // Anybody can send unknown serial numbers, so the database is asked at most once a second.
        assertThat(certificates.isOurs(TEST, PROVIDER, "0b")).isFalse();
        clock.set(NOW.plusSeconds(1));
        assertThat(certificates.isOurs(TEST, PROVIDER, "0b")).isTrue();
    }

    @Test
    void eventLoop_isServedFromMemoryOnly() throws Exception {
        ExecutorService eventLoop = Executors.newSingleThreadExecutor(work -> new Thread(() -> {
            NonBlockingThreads.addCurrent();
            work.run();
        }));
        try {
            Callable<String> get = () -> certificates.get(TEST, PROVIDER).serial();
            assertThatThrownBy(() -> call(eventLoop, get)).hasCauseInstanceOf(WouldBlockException.class);
            certificates.get(TEST, PROVIDER);
            assertThat(call(eventLoop, get)).isEqualTo("0a");
            assertThat(call(eventLoop, () -> certificates.isOurs(TEST, PROVIDER, "0a")))
                    .isTrue();
            assertThatThrownBy(() -> call(eventLoop, () -> certificates.isOurs(TEST, PROVIDER, "0b")))
                    .hasCauseInstanceOf(WouldBlockException.class);
        } finally {
            eventLoop.shutdown();
        }
    }

    @Test
    void databaseOutOfReach_isToldOnlyIfItIsNeeded() {
        certificates.get(TEST, PROVIDER);
        database.close();
        clock.set(NOW.plus(Duration.ofDays(2)));
        certificates.refresh();
        assertThat(certificates.get(TEST, PROVIDER).serial()).isEqualTo("0a");
        assertThatThrownBy(() -> certificates.get(PRODUCTION, PROVIDER)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> certificates.isOurs(TEST, PROVIDER, "0b")).isInstanceOf(StorageException.class);
        assertThat(log.events()).isEmpty();
    }

    private static <T> T call(ExecutorService eventLoop, Callable<T> work) {
        try {
            return eventLoop.submit(work).get();
        } catch (Exception e) {
            throw new CompletionException(e.getCause());
        }
    }
}
