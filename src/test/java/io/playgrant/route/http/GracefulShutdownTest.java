package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.route.token.HeldKeyStorage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How the service ends while requests are there. One worker and a step that holds requests make the order certain. */
class GracefulShutdownTest {

    @TempDir
    Path dataDir;

    private final HeldKeyStorage storage = new HeldKeyStorage();
    private RunningService service;
    private String held;

    @BeforeEach
    void start() throws Exception {
        service = start(dataDir.resolve("data"), "60");
        held = held(service);
    }

    @AfterEach
    void stop() {
        storage.letGo();
        service.close();
    }

    @Test
    void whatWasRead_isAnswered_whetherServedOrWaiting() throws Exception {
        try (KeptConnection served = new KeptConnection(service.port()).get(held);
                KeptConnection waiting = new KeptConnection(service.port());
                KeptConnection sending = new KeptConnection(service.port());
                KeptConnection idle = new KeptConnection(service.port())) {
            storage.awaitHeld(1);
            waiting.get(held);
            sending.send(
                    "POST /hms/wv/token?errorFormat=json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nk");
            await().until(() -> service.metric("playgrant_admission_waiting") == 1
                    && service.metric("playgrant_admission_arriving") == 1);
            assertThat(service.management().get("/observe/health/ready").status())
                    .isEqualTo(200);

            service.beginToEnd();
            awaitNoMoreConnections();
            Answer ready = service.management().get("/observe/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).contains("\"problem\":\"the service is shutting down\"");
            assertThat(service.management().get("/observe/health/live").status())
                    .isEqualTo(200);
            sending.send("id=1");
            storage.letGo();

            for (KeptConnection connection : new KeptConnection[] {served, waiting, sending}) {
                Answer answer = connection.answer();
                assertThat(answer.body()).startsWith("{\"code\":").endsWith("\"}");
                assertThat(answer.header("connection")).isEqualTo("close");
                assertThat(connection.isClosed()).isTrue();
            }
            assertThat(idle.isClosed()).isTrue();
            await().atMost(Duration.ofSeconds(20)).until(service::hasEnded);
        }
    }

    @Test
    void requestOnAConnectionThatWasThere_isAnsweredAsItsLast() throws Exception {
        try (KeptConnection served = new KeptConnection(service.port()).get(held);
                KeptConnection kept = new KeptConnection(service.port())) {
            storage.awaitHeld(1);
            service.beginToEnd();
            awaitNoMoreConnections();
            kept.get(held);
            await().until(() -> service.metric("playgrant_admission_waiting") == 1);
            storage.letGo();
            assertThat(served.answer().header("connection")).isEqualTo("close");
            assertThat(kept.answer().header("connection")).isEqualTo("close");
        }
    }

    @Test
    void requestsPipelinedBehindTheLastAnswer_areNotProcessed() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(5)));
        String clear = "/hms/wv/token?kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey="
                + secret("404142434445464748494a4b4c4d4e4f") + "&customerAuthenticator=" + customer.production();
        try (KeptConnection connection = new KeptConnection(service.port())) {
            connection.get(held);
            storage.awaitHeld(1);
            connection.get(clear).get(clear);
            service.beginToEnd();
            awaitNoMoreConnections();
            storage.letGo();
            assertThat(connection.answer().header("connection")).isEqualTo("close");
            assertThat(connection.isClosed()).isTrue();
        }
        await().atMost(Duration.ofSeconds(20)).until(service::hasEnded);
        assertThat(service.application().accounts().find(customer.account()))
                .map(Account::credits)
                .contains(Limit.of(5));
    }

    @Test
    void requestOverHttp2_isAnswered() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest first = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + "/nothing"))
                .build();
        assertThat(client.send(first, BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_2);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + held))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        storage.awaitHeld(1);
        service.beginToEnd();
        awaitNoMoreConnections();
        storage.letGo();
        HttpResponse<String> response = answer.get(20, TimeUnit.SECONDS);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).startsWith("{\"code\":-4019,").endsWith("\"}");
        await().atMost(Duration.ofSeconds(20)).until(service::hasEnded);
    }

    @Test
    void whatTakesTooLong_isCutOff_andCounted() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(GracefulShutdown.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (RunningService hasty = start(dataDir.resolve("other"), "1");
                KeptConnection served = new KeptConnection(hasty.port()).get(held(hasty))) {
            storage.awaitHeld(1);
            hasty.beginToEnd();
            await().atMost(Duration.ofSeconds(30)).until(hasty::hasEnded);
            assertThatThrownBy(served::answer).isInstanceOf(IOException.class);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.ERROR);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("Requests that were cut off because they took longer than PLAYGRANT_SHUTDOWN_SECONDS, 1: 1");
    }

    private RunningService start(Path folder, String shutdownSeconds) throws Exception {
        return RunningService.start(
                folder,
                Map.of("PLAYGRANT_WORKER_THREADS", "1", "PLAYGRANT_SHUTDOWN_SECONDS", shutdownSeconds),
                storage);
    }

    private static String held(RunningService service) {
        return "/hms/wv/token?customerAuthenticator="
                + service.newCustomer(Profile.STRICT).production() + HeldKeyStorage.PARAMETERS;
    }

    private void awaitNoMoreConnections() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> new KeptConnection(service.port()).close())
                        .isInstanceOf(ConnectException.class));
    }
}
