package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.route.http.connection.PipelineLimit;
import io.playgrant.route.token.HeldKeyStorage;
import io.playgrant.route.token.TokenErrorsTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, one place to wait, and a step that holds requests: what comes then is refused at once, and places come back. */
class OverloadTest {

    private static final String MESSAGE = "[503] Service Unavailable: too many requests are waiting, try again later";
    private static final String PIPELINED = "GET /hms/wv/token HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String JSON = "{\"code\":503,\"message\":\"" + MESSAGE + "\"}";

    @TempDir
    Path dataDir;

    private final HeldKeyStorage storage = new HeldKeyStorage();
    private RunningService service;
    private String held;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(
                dataDir, Map.of("PLAYGRANT_WORKER_THREADS", "1", "PLAYGRANT_WAITING_REQUESTS", "1"), storage);
        held = "/hms/wv/token?customerAuthenticator="
                + service.newCustomer(Profile.STRICT).production() + HeldKeyStorage.PARAMETERS;
    }

    @AfterEach
    void stop() {
        storage.letGo();
        service.close();
    }

    @Test
    void requestsAheadOfTheirAnswers_areAnsweredInTurn() throws Exception {
        storage.letGo();
        try (KeptConnection connection = new KeptConnection(service.port())) {
            for (int round = 0; round < 3; round++) {
                connection.send(PIPELINED.repeat(PipelineLimit.MOST));
                for (int answer = 0; answer < PipelineLimit.MOST; answer++) {
                    assertThat(connection.answer().status()).isIn(401, 503);
                }
            }
        }
    }

    @Test
    void tooManyRequestsAheadOfTheirAnswers_endTheConnection() throws Exception {
        try (KeptConnection connection = new KeptConnection(service.port()).get(held)) {
            storage.awaitHeld(1);
            connection.send(PIPELINED.repeat(PipelineLimit.MOST));
            assertThat(connection.isClosed()).isTrue();
        }
        storage.letGo();
        assertThat(service.http().get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void tooManyRequestsInOnePiece_endTheConnection_howeverSoonTheyAreAnswered() throws Exception {
        try (Full full = fill();
                KeptConnection connection = new KeptConnection(service.port())) {
            connection.send(PIPELINED.repeat(PipelineLimit.MOST + 1));
            assertThat(connection.isClosed()).isTrue();
            assertThat(full.isThere()).isTrue();
        }
    }

    @Test
    void requestWithoutAPlace_isRefusedAtOnce_inTheAskedForm() throws Exception {
        try (KeptConnection served = new KeptConnection(service.port()).get(held);
                KeptConnection waiting = new KeptConnection(service.port())) {
            storage.awaitHeld(1);
            waiting.get(held);
            awaitWaiting(1);

            Answer html = service.http().get("/hms/wv/token");
            assertThat(html.status()).isEqualTo(503);
            assertThat(html.header("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(html.body()).isEqualTo(TokenErrorsTest.page(MESSAGE));
            Answer byQuery = service.http().post("/hms/wv/token?errorFormat=json", "kid=1");
            assertThat(byQuery.status()).isEqualTo(503);
            assertThat(byQuery.body()).isEqualTo(JSON);
            Answer byHeader = service.http().get("/nothing", "Accept: text/plain, application/json;q=0.5");
            assertThat(byHeader.body()).isEqualTo(JSON);
            assertThat(byHeader.header("content-type")).isEqualTo("application/json");
            assertThat(service.http().get("/keystore/keycount").body()).isEqualTo(JSON);

            storage.letGo();
            assertThat(served.answer().body()).startsWith("{\"code\":-4019,");
            assertThat(waiting.answer().body()).startsWith("{\"code\":-4019,");
        }
    }

    @Test
    void refusal_hasTheHeadersOfEveryError_andSaysWhenToComeBack() throws Exception {
        Answer other = service.http().get("/nothing", "Accept: application/json");
        try (Full full = fill()) {
            Answer refused = service.http().get("/nothing", "Accept: application/json");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            refused.headers().remove("retry-after");
            assertThat(refused.headers().keySet()).isEqualTo(other.headers().keySet());
            assertThat(refused.header("cache-control")).isEqualTo("no-store");
            assertThat(refused.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(refused.header("x-request-id")).matches("[0-9a-f]{16}");
            assertThat(full.isThere()).isTrue();
        }
    }

    @Test
    void refusalOfHead_hasNoBody() throws Exception {
        try (Full full = fill()) {
            Answer withBody = service.http().get("/nothing");
            Answer refused = service.http().send("HEAD", "/nothing", new byte[0]);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).isEmpty();
            assertThat(refused.header("content-length")).isEqualTo(withBody.header("content-length"));
            assertThat(full.isThere()).isTrue();
        }
    }

    @Test
    void connectionOfARefusedRequest_goesOn() throws Exception {
        try (KeptConnection kept = new KeptConnection(service.port())) {
            try (Full full = fill()) {
                String form =
                        "POST /hms/wv/token?errorFormat=json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nkid=1";
                assertThat(kept.send(form).answer().status()).isEqualTo(503);
                assertThat(kept.send(form).answer().status()).isEqualTo(503);
                assertThat(full.isThere()).isTrue();
            }
            assertThat(kept.get("/nothing").answer().status()).isEqualTo(404);
        }
    }

    @Test
    void placesOfClientsThatWentAway_comeBack() throws Exception {
        KeptConnection served = new KeptConnection(service.port()).get(held);
        storage.awaitHeld(1);
        KeptConnection waiting = new KeptConnection(service.port()).get(held);
        awaitWaiting(1);
        served.close();
        waiting.close();
        assertThat(service.http().get("/nothing").status()).isEqualTo(503);
        storage.letGo();
        awaitPresent(0);
        assertThat(service.http().get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void slowSenders_takeNoPlace_andLeaveNothingBehind() throws Exception {
        String half = "POST /hms/wv/token?errorFormat=json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nk";
        try (KeptConnection first = new KeptConnection(service.port()).send(half);
                KeptConnection second = new KeptConnection(service.port()).send(half);
                KeptConnection third = new KeptConnection(service.port()).send(half)) {
            awaitGauge("arriving", 3);
            assertThat(service.http().get("/nothing").status()).isEqualTo(404);
            assertThat(first.send("id=1").answer().status()).isEqualTo(415);
            second.close();
            third.close();
        }
        awaitPresent(0);
    }

    @Test
    void refusals_areCounted() throws Exception {
        try (Full full = fill()) {
            double before = counter("playgrant_requests_total{code=\"503\",source=\"http\"}");
            service.http().get("/nothing");
            service.http().get("/nothing");
            assertThat(counter("playgrant_requests_total{code=\"503\",source=\"http\"}"))
                    .isEqualTo(before + 2);
            assertThat(counter("playgrant_admission_refused_total")).isEqualTo(before + 2);
            assertThat(full.isThere()).isTrue();
        }
    }

    /** A house without a free place, until it is closed. */
    private Full fill() throws IOException {
        KeptConnection served = new KeptConnection(service.port()).get(held);
        awaitGauge("in_service", 1);
        KeptConnection waiting = new KeptConnection(service.port()).get(held);
        awaitWaiting(1);
        return new Full(served, waiting);
    }

    private final class Full implements AutoCloseable {

        private final KeptConnection served;
        private final KeptConnection waiting;

        Full(KeptConnection served, KeptConnection waiting) {
            this.served = served;
            this.waiting = waiting;
        }

        boolean isThere() throws IOException {
            return gauge("in_service") == 1 && gauge("waiting") == 1;
        }

        @Override
        public void close() throws IOException {
            storage.letGo();
            served.close();
            waiting.close();
            awaitPresent(0);
        }
    }

    private void awaitWaiting(int requests) {
        awaitGauge("waiting", requests);
    }

    private void awaitPresent(int requests) {
        awaitGauge("in_service", requests);
        awaitGauge("waiting", requests);
        awaitGauge("arriving", requests);
    }

    private void awaitGauge(String name, int value) {
        await().atMost(Duration.ofSeconds(20)).until(() -> gauge(name) == value);
    }

    private double gauge(String name) throws IOException {
        return counter("playgrant_admission_" + name);
    }

    private double counter(String name) throws IOException {
        return service.metric(name);
    }
}
