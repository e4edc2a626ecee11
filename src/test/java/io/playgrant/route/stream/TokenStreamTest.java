package io.playgrant.route.stream;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** {@code POST /hms/wv/tokens} of the whole service, with two workers. */
class TokenStreamTest {

    private static final String KEY = secret("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
    private static final String GOOD =
            "{\"kid\":\"^film\",\"contentKey\":\"" + KEY + "\",\"securityLevel\":1,\"hdcpOutputControl\":0}";
    private static final String TYPE = "Content-Type: application/x-ndjson";

    @TempDir
    Path dataDir;

    private RunningService service;
    private Customer customer;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(
                dataDir, Map.of("PLAYGRANT_WORKER_THREADS", "2", "PLAYGRANT_SHUTDOWN_SECONDS", "20"));
        customer = service.newCustomer(Profile.STRICT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyLine_isAnsweredInOrder_goodOrBad() throws Exception {
        String lines = line("a") + "\r\n\n" // 1, 2
                + "{" // 3
                + "\n{\"id\":\"b\",\"parameters\":{\"kid\":\"1234\",\"contentKey\":\"" + KEY + "\"}}\n" // 4
                + "{\"id\":\"c\",\"parameters\":" + GOOD + ",\"more\":1}\n" // 5
                + "{\"id\":\"d\",\"parameters\":{\"customerAuthenticator\":\"" + customer.production() + "\"}}\n" // 6
                + "{\"id\":\"" + "x".repeat(64 * 1024) + "\"}\n" // 7
                + line("e");
        Answer answer = post(lines);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{16}");
        List<String> results = StreamConnection.unchunk(answer.body());
        assertThat(results).hasSize(7);
        assertThat(results.get(0))
                .startsWith("{\"id\":\"a\",\"licenseUrl\":\"http://localhost:" + service.port()
                        + "/hms/wv/rights/?ExpressPlayToken=");
        assertThat(results.get(1))
                .isEqualTo(
                        "{\"error\":{\"code\":400,\"message\":\"[400] Bad Request: line 3: the message is not JSON\"}}");
        assertThat(results.get(2)).startsWith("{\"id\":\"b\",\"error\":{\"code\":-4020,");
        assertThat(results.get(3))
                .startsWith(
                        "{\"id\":\"c\",\"error\":{\"code\":400,\"message\":\"[400] Bad Request: line 5: there is a");
        assertThat(results.get(4))
                .isEqualTo("{\"id\":\"d\",\"error\":{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid:"
                        + " line 6: customerAuthenticator is given with the stream\"}}");
        assertThat(results.get(5))
                .isEqualTo("{\"error\":{\"code\":413,\"message\":\"[413] Content Too Large: line 7: a line has at most"
                        + " 65536 bytes\"}}");
        assertThat(results.get(6)).startsWith("{\"id\":\"e\",\"licenseUrl\":\"http://");
        assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"stream\"}"))
                .isEqualTo(2);
        assertThat(service.metric("playgrant_requests_total{code=\"413\",source=\"stream\"}"))
                .isEqualTo(1);
        assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"http\"}"))
                .isZero();
    }

    @Test
    void heldKeys_needOnlyTheirKidOrContentId() throws Exception {
        HeldSamples.hold(
                service.application(),
                new Owner(customer.account(), Environment.PRODUCTION),
                KeyId.ofName("held"),
                KEY,
                "film-1",
                0);
        String rules = ",\"securityLevel\":1,\"hdcpOutputControl\":0}}\n";
        List<String> results = StreamConnection.unchunk(post("{\"id\":\"a\",\"parameters\":{\"kid\":\"^held\"" + rules
                        + "{\"id\":\"b\",\"parameters\":{\"contentId\":\"film-1\"" + rules
                        + "{\"id\":\"c\",\"parameters\":{\"contentId\":\"film-2\"" + rules)
                .body());
        assertThat(results.get(0)).startsWith("{\"id\":\"a\",\"licenseUrl\":");
        assertThat(results.get(1)).startsWith("{\"id\":\"b\",\"licenseUrl\":");
        assertThat(results.get(2)).startsWith("{\"id\":\"c\",\"error\":{\"code\":-4019,");
    }

    @Test
    void longestLine_isAnswered() throws Exception {
        String line = line("a");
        String longest = line + " ".repeat(64 * 1024 - line.length());
        List<String> results =
                StreamConnection.unchunk(post(longest + "\n" + longest + " \n").body());
        assertThat(results.get(0)).startsWith("{\"id\":\"a\",\"licenseUrl\":");
        assertThat(results.get(1)).startsWith("{\"error\":{\"code\":413,");
    }

    @Test
    void line_isAnsweredBeforeTheNextIsSent() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.production())) {
            assertThat(stream.head().status()).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                stream.send(line("n" + i) + "\n");
                assertThat(stream.line()).startsWith("{\"id\":\"n" + i + "\",\"licenseUrl\":");
            }
            assertThat(service.metric("playgrant_admission_streams")).isEqualTo(1);
            stream.finish();
            assertThat(stream.line()).isNull();
            assertThat(stream.isComplete()).isTrue();
            // The connection goes on.
            stream.begin(customer.production()).finish();
            assertThat(stream.head().status()).isEqualTo(200);
        }
        await().until(() -> service.metric("playgrant_admission_streams") == 0);
    }

    @Test
    void nothing_isAnsweredWithNothing() throws Exception {
        Answer answer = post("");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(StreamConnection.unchunk(answer.body())).isEmpty();
    }

    @Test
    void basicCredentials_areAnAuthenticator_andTwoAreOneTooMany() throws Exception {
        String basic = "Authorization: Basic "
                + secret(Base64.getEncoder()
                        .encodeToString(customer.production().replace(',', ':').getBytes(StandardCharsets.US_ASCII)));
        assertThat(StreamConnection.unchunk(service.http()
                        .post("/hms/wv/tokens", line("a"), TYPE, basic)
                        .body()))
                .hasSize(1);
        Answer two = post(line("a"), basic);
        assertThat(two.status()).isEqualTo(401);
        assertThat(two.body()).startsWith("{\"code\":-2018,").contains("must be given once");
    }

    @Test
    void caller_isRefusedBeforeTheBodyIsSent() throws Exception {
        for (String expect : List.of("X-None: 1", "Expect: 100-continue")) {
            try (StreamConnection stream = new StreamConnection(service.port())
                    .begin("1," + secret("0ddba11000000000000000000ddba111"), expect)) {
                Answer head = stream.head();
                assertThat(head.status()).isEqualTo(401);
                assertThat(head.header("connection")).isEqualTo("close");
                assertThat(head.header("www-authenticate")).isEqualTo("Basic realm=\"playgrant\"");
                assertThat(stream.body(head)).startsWith("{\"code\":-2018,");
                assertThat(stream.socket().getInputStream().read()).isEqualTo(-1);
            }
        }
        await().until(() -> service.metric("playgrant_admission_arriving") == 0);
        assertThat(service.metric("playgrant_requests_total{code=\"-2018\",source=\"http\"}"))
                .isEqualTo(2);
    }

    @Test
    void expectedContinue_comesOnceTheCallerIsLetIn() throws Exception {
        try (StreamConnection stream =
                new StreamConnection(service.port()).begin(customer.production(), "Expect: 100-continue")) {
            assertThat(stream.head().status()).isEqualTo(100);
            assertThat(stream.head().status()).isEqualTo(200);
        }
    }

    @Test
    void refusal_isReadByAClientThatGoesOnSending() throws Exception {
        Answer answer = service.http()
                .post(
                        "/hms/wv/tokens?customerAuthenticator=1," + secret("0ddba11000000000000000000ddba112"),
                        (line("a") + "\n").repeat(20_000),
                        TYPE);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body()).contains("<title>[-2018] Authentication token invalid</title>");
    }

    @Test
    void authenticatorOfTheOtherEnvironment_isRefused_andItsOwnHostNamesTheUrls() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.test())) {
            assertThat(stream.head().status()).isEqualTo(401);
        }
        try (StreamConnection stream =
                new StreamConnection(service.port()).begin(customer.test(), "Host: test.localhost")) {
            stream.head();
            assertThat(stream.send(line("a")).finish().line()).contains("\"http://test.localhost/hms/wv/rights/");
        }
    }

    @Test
    void clientThatDoesNotRead_isNotReadFrom_andKeepsNobodyWaiting() throws Exception {
        try (StreamConnection deaf = new StreamConnection(service.port()).begin(customer.production())) {
            AtomicLong sent = new AtomicLong();
            Thread sender = new Thread(() -> sendUntilClosed(deaf, sent), "sender");
            sender.start();
            AtomicLong before = new AtomicLong();
            await().pollInterval(Duration.ofMillis(500))
                    .during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> {
                        long now = sent.get() + answered();
                        return before.getAndSet(now) == now && sent.get() > 0;
                    });
            assertThat(sender.isAlive()).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(service.http().get(single()).status()).isEqualTo(200);
            }
            deaf.socket().close();
            sender.join();
        }
        await().until(() -> service.metric("playgrant_admission_streams") == 0);
    }

    @Test
    void onlySoManyStreams_areOpenAtOnce() throws Exception {
        try (StreamConnection first = new StreamConnection(service.port()).begin(customer.production())) {
            assertThat(first.head().status()).isEqualTo(200);
            Answer refused = post(line("a"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("5");
            assertThat(refused.body())
                    .isEqualTo("{\"code\":503,\"message\":\"[503] Service Unavailable: too many streams are open, try"
                            + " again later\"}");
            assertThat(service.http().get(single()).status()).isEqualTo(200);
        }
        await().until(() -> post(line("a")).status() == 200);
    }

    @Test
    void rate_makesAStreamWait() throws Exception {
        service.application().accounts().change(customer.account(), AccountChange.rate(Limit.of(20)));
        List<String> results =
                StreamConnection.unchunk(post((line("a") + "\n").repeat(30)).body());
        assertThat(results).hasSize(30).allMatch(result -> result.contains("licenseUrl"));
        assertThat(service.metric("playgrant_requests_total{code=\"429\",source=\"stream\"}"))
                .isZero();
    }

    @Test
    void creditsThatEnd_endNoStream() throws Exception {
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(2)));
        List<String> results =
                StreamConnection.unchunk(post((line("a") + "\n").repeat(3)).body());
        assertThat(results).hasSize(3);
        assertThat(results.get(1)).contains("licenseUrl");
        assertThat(results.get(2)).startsWith("{\"id\":\"a\",\"error\":{\"code\":-2019,");
    }

    @Test
    void brokenChunk_endsTheConnection_andTheStream() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.production())) {
            stream.head();
            assertThat(stream.send(line("a") + "\n").line()).contains("licenseUrl");
            stream.raw("nonsense\r\n");
            assertThat(stream.lines()).isEmpty();
            assertThat(stream.isComplete()).isFalse();
        }
        await().until(() -> service.metric("playgrant_admission_streams") == 0);
    }

    @Test
    void clientThatVanishes_endsTheStream() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.production())) {
            stream.head();
            stream.send((line("a") + "\n").repeat(1_000));
            assertThat(stream.line()).contains("licenseUrl");
            stream.socket().setSoLinger(true, 0);
        }
        await().until(() -> service.metric("playgrant_admission_streams") == 0
                && service.metric("playgrant_admission_arriving") == 0);
    }

    @Test
    void end_answersWhatWasRead_andCutsTheStreamVisibly() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.production())) {
            stream.head();
            stream.send((line("a") + "\n").repeat(100) + "{\"id\":\"half");
            List<String> results = new ArrayList<>();
            results.add(stream.line());
            service.beginToEnd();
            results.addAll(stream.lines());
            assertThat(results)
                    .hasSizeLessThanOrEqualTo(100)
                    .allMatch(result -> result.startsWith("{\"id\":\"a\",\"licenseUrl\":"));
            assertThat(stream.isComplete()).isFalse();
        }
        await().atMost(Duration.ofSeconds(15)).until(service::hasEnded);
    }

    @Test
    void end_ofAnIdleStream_isSoon() throws Exception {
        try (StreamConnection stream = new StreamConnection(service.port()).begin(customer.production())) {
            stream.head();
            service.beginToEnd();
            assertThat(stream.lines()).isEmpty();
            assertThat(stream.isComplete()).isFalse();
        }
        await().atMost(Duration.ofSeconds(15)).until(service::hasEnded);
    }

    @Test
    void http2_isAnsweredLineByLine_andCutByAReset() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientRequest request = http2Request(vertx, customer.production());
            BlockingQueue<String> answers = new LinkedBlockingQueue<>();
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            CompletableFuture<Integer> status = new CompletableFuture<>();
            request.response().onSuccess(response -> {
                response.handler(
                        bytes -> answers.addAll(bytes.toString().lines().toList()));
                response.exceptionHandler(failure::complete);
                status.complete(response.statusCode());
            });
            request.write(Buffer.buffer(line("a") + "\n"));
            assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(answers.poll(20, TimeUnit.SECONDS)).startsWith("{\"id\":\"a\",\"licenseUrl\":");
            request.write(Buffer.buffer(line("b") + "\n"));
            assertThat(answers.poll(20, TimeUnit.SECONDS)).startsWith("{\"id\":\"b\",\"licenseUrl\":");
            service.beginToEnd();
            assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessageContaining("8");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(20)).until(service::hasEnded);
    }

    @Test
    void http2_isAnsweredWhole_whenTheRequestEndsBeforeItsAnswers() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.ContextImpl");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientRequest request = http2Request(vertx, customer.production());
            String answers = request.send(Buffer.buffer((line("a") + "\n").repeat(500)))
                    .compose(response -> response.body())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS)
                    .toString();
            assertThat(answers.lines()).hasSize(500).allMatch(answer -> answer.contains("licenseUrl"));
        } finally {
            logger.detachAppender(log);
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void http2_isRefusedBeforeTheBodyIsSent() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientRequest request = http2Request(vertx, "1,2");
            CompletableFuture<String> answer = new CompletableFuture<>();
            request.response()
                    .onSuccess(response ->
                            response.body().onSuccess(body -> answer.complete(response.statusCode() + " " + body)));
            request.write(Buffer.buffer(line("a") + "\n"));
            assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("401 {\"code\":-2018,");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void http10_isRefused() throws Exception {
        Answer answer = service.http()
                .exchange(("POST /hms/wv/tokens?errorFormat=json HTTP/1.0\r\nHost: localhost\r\n" + TYPE
                                + "\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":400,");
    }

    @Test
    void neighbours_areNotThere() throws Exception {
        assertThat(service.http().post("/hms/wv/tokens/more", "", TYPE).status())
                .isEqualTo(404);
        assertThat(service.http().post("/hms/wv/tokensmore", "", TYPE).status()).isEqualTo(404);
        assertThat(service.http().get("/hms/wv/tokens/").status()).isEqualTo(405);
    }

    private HttpClientRequest http2Request(Vertx vertx, String authenticator) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientRequest request = client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("localhost")
                        .setPort(service.port())
                        .setURI("/hms/wv/tokens?errorFormat=json&customerAuthenticator=" + authenticator))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return request.putHeader("Content-Type", "application/x-ndjson").setChunked(true);
    }

    private long answered() throws IOException {
        return (long) service.metric("playgrant_requests_total{code=\"0\",source=\"stream\"}");
    }

    private static void sendUntilClosed(StreamConnection stream, AtomicLong sent) {
        String lines = (line("a") + "\n").repeat(100);
        try {
            while (true) {
                stream.send(lines);
                sent.addAndGet(lines.length());
            }
        } catch (IOException e) {
            // The test closes the connection.
        }
    }

    private Answer post(String lines, String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 1, headers.length);
        all[0] = TYPE;
        return service.http()
                .post("/hms/wv/tokens?errorFormat=json&customerAuthenticator=" + customer.production(), lines, all);
    }

    private String single() {
        return "/hms/wv/token?kid=%5Efilm&contentKey=" + KEY
                + "&securityLevel=1&hdcpOutputControl=0&customerAuthenticator=" + customer.production();
    }

    private static String line(String id) {
        return "{\"id\":\"" + id + "\",\"parameters\":" + GOOD + "}";
    }
}
