package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the running service on the management port. */
class ManagementEndpointTest {

    private static final String KEY = secret("e0e1e2e3e4e5e6e7e8e9eaebecedeeef");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @TempDir
    Path dataDir;

    private RunningService service;
    private Customer customer;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(dataDir, Map.of());
        customer = service.newCustomer(Profile.STRICT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyOutcome_isCounted_loggedOrNot() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(service.http().get("/hms/wv/token?" + good()).status()).isEqualTo(200);
            assertThat(service.http().get("/nothing").status()).isEqualTo(404);
            service.http().send("DELETE", "/hms/wv/token", new byte[0]);
            service.http().post("/hms/wv/token", "x".repeat(20_000), FORM);
            service.http().post("/hms/wv/token", "{}", "Content-Type: application/json");
            service.http().get("/hms/wv/token?customerAuthenticator=1,2");
            service.http().get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&kid=1234");
        }
        // Requests are counted when their answer is out.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.metric("playgrant_request_seconds_count{source=\"http\"}") == 21);
        for (String code : new String[] {"0", "404", "405", "413", "415", "-2018", "-4020"}) {
            assertThat(requests(code)).as(code).isEqualTo(3);
        }
    }

    @Test
    void someOfTheSteps_areMeasured() throws Exception {
        // Of 400 times, one in 16 at random is never, or more than 100 times, once in a hundred thousand million runs.
        for (int i = 0; i < 400; i++) {
            service.http().get("/hms/wv/token?" + good());
            service.http().get("/nothing");
        }
        assertThat(step("token", "mint")).isBetween(1.0, 100.0);
        assertThat(step("token", "each-key")).isBetween(1.0, 100.0);
        assertThat(step("token", "unwrap-key")).isZero();
        assertThat(step("token-http", "issue-token")).isBetween(1.0, 100.0);
        assertThat(step("unknown-http", "refuse-path")).isBetween(1.0, 100.0);
        assertThat(step("any-failure", "describe-error")).isBetween(1.0, 100.0);
    }

    @Test
    void metrics_holdNothingThatAClientChose_andNoSecret() throws Exception {
        service.http().get("/hms/wv/token?" + good());
        service.http().get("/clients-choice?clients=choice", "X-Clients: choice", "Host: clients.choice");
        service.http().send("CLIENTS", "/hms/wv/token", new byte[0]);
        String metrics = service.management().get("/observe/metrics").body();
        assertThat(metrics).doesNotContainIgnoringCase("clients").doesNotContain(KEY);
        assertThat(metrics).doesNotContain(customer.production().substring(5));
    }

    @Test
    void databasePool_isMeasured() throws Exception {
        assertThat(service.metric("hikaricp_connections_max{pool=\"database\"}"))
                .isEqualTo(8);
    }

    @Test
    void service_isNotOnTheManagementPort_norTheOtherWayRound() throws Exception {
        assertThat(service.management().get("/hms/wv/token?" + good()).status()).isEqualTo(404);
        for (String path : new String[] {"/observe/health", "/observe/metrics"}) {
            Answer answer = service.http().get(path, "Accept: application/json");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).startsWith("{\"code\":404,");
        }
    }

    @Test
    void brokenRing_isSeen_whileTheOldOneServesOn() throws Exception {
        assertThat(service.metric("playgrant_ring_usable")).isEqualTo(1);
        assertThat(service.metric("playgrant_ring_keys{environment=\"test\"}")).isEqualTo(1);
        assertThat(service.management().get("/observe/health").status()).isEqualTo(200);

        Files.writeString(dataDir.resolve("ring.json"), "{");

        await().atMost(Duration.ofSeconds(20)).until(() -> service.metric("playgrant_ring_usable") == 0);
        Answer health = service.management().get("/observe/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body())
                .contains("{\"name\":\"ring\",\"status\":\"DOWN\",\"data\":{\"problem\":\"The key file ")
                .contains(" is not a JWK Set\"}}");
        assertThat(service.management().get("/observe/health/ready").status()).isEqualTo(200);
        assertThat(service.management().get("/observe/health/live").status()).isEqualTo(200);
        assertThat(service.http().get("/hms/wv/token?" + good()).status()).isEqualTo(200);
    }

    private double requests(String code) throws IOException {
        return service.metric("playgrant_requests_total{code=\"" + code + "\",source=\"http\"}");
    }

    private double step(String route, String step) throws IOException {
        return service.metric("playgrant_step_seconds_count{route=\"" + route + "\",step=\"" + step + "\"}");
    }

    private String good() {
        return "customerAuthenticator=" + customer.production() + "&kid=%5Efilm&contentKey=" + KEY
                + "&securityLevel=1&hdcpOutputControl=0";
    }
}
