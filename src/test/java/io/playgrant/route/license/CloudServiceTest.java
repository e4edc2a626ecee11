package io.playgrant.route.license;

import static io.playgrant.route.license.Player.error;
import static io.playgrant.route.license.RecordedRedemptions.reason;
import static io.playgrant.route.license.RecordedRedemptions.redemption;
import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInBehaviour.Fault;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.license.Player.Answer;
import io.playgrant.token.Claims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Widevine's licence service, a stand-in, that is slow, broken, lying or away. */
class CloudServiceTest {

    private static final String FAILED = error(-7008, "[-7008] Failed to generate Widevine license");

    @TempDir
    Path dataDir;

    private final StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD);
    private RunningService service;
    private Player player;
    private RedeemableTokens tokens;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.putAll(CloudSettings.of("PLAYGRANT_TEST_", cloud));
        environment.put("PLAYGRANT_WIDEVINE_TIMEOUT_SECONDS", "1");
        service = RunningService.start(dataDir, environment);
        Customer customer = service.newCustomer(Profile.LENIENT);
        player = Player.ofProduction(service.port());
        tokens = new RedeemableTokens(service.application(), customer.account(), Environment.PRODUCTION);
    }

    @AfterEach
    void stop() {
        service.close();
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HTML, 1, the licence service answered HTTP 200 with a page of html",
        "EMPTY, 1, the licence service answered HTTP 200 with an empty body",
        "TRUNCATED, 1, the licence service answered HTTP 200 with a body that is no JSON object",
        "NO_LICENSE, 1, the licence service answered OK without a licence",
        "OTHER_KEY, 1, the licence service answered OK with a licence that holds no key of the token",
        "HUGE, 1, the licence service cannot be reached: its response is too large",
        "CUT, 2, the licence service cannot be reached: the connection broke",
        "RESET, 2, the licence service cannot be reached: the connection broke"
    })
    void brokenAnswer_isAFailure_withItsReasonInTheRecord(Fault fault, int requests, String reason) throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withFault(fault));
        Claims claims = tokens.claims(same -> same);
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).isEqualTo(FAILED);
        assertThat(cloud.requests()).isEqualTo(requests);
        assertThat(reason(record(claims))).startsWith(reason);
        assertThat(redemption(record(claims)).service()).isEqualTo("widevine-cloud");
    }

    @Test
    void serverError_isTriedOnceMore() throws Exception {
        Claims claims = tokens.claims(same -> same);
        cloud.behave(StandInBehaviour.GOOD.withHttpStatus(503));
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(cloud.requests()).isEqualTo(2);
        assertThat(reason(record(claims))).isEqualTo("the licence service answered HTTP 503, after 2 attempts");
        assertThat(service.metric("playgrant_widevine_retries_total{environment=\"production\"}"))
                .isEqualTo(1);
    }

    @Test
    void clientError_isNotTriedAgain() throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withHttpStatus(400).withStatus("INVALID_LICENSE_CHALLENGE", 0));
        assertThat(player.redeem(tokens.token(), challenge()).status()).isIn(401, 502);
        assertThat(cloud.requests()).isEqualTo(1);
    }

    @Test
    void slowService_isGivenUp_andNotTriedAgain() throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withDelay(30_000));
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(1));
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text()).isEqualTo(FAILED);
        assertThat(cloud.requests()).isEqualTo(1);
        assertThat(reason(record(claims))).isEqualTo("the licence service has not answered within 1 seconds");
        cloud.behave(StandInBehaviour.GOOD);
        assertThat(player.redeem(tokens.of(claims), challenge()).status()).isEqualTo(200);
    }

    @Test
    void serviceThatIsAway_isAFailure() throws Exception {
        cloud.close();
        Claims claims = tokens.claims(same -> same);
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(reason(record(claims)))
                .isEqualTo("the licence service cannot be reached: the connection was refused or took too long");
        assertThat(player.redeem(tokens.token(), SampleChallenge.certificate()).status())
                .isEqualTo(502);
    }

    @Test
    void httpsUrlWithAPort_isNeverSpokenToInTheClear(@TempDir Path other) throws Exception {
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.computeIfPresent("PLAYGRANT_WIDEVINE_URL", (name, url) -> url.replace("http:", "https:"));
        try (RunningService secure = RunningService.start(other, environment)) {
            long account = secure.newCustomer(Profile.STRICT).account();
            RedeemableTokens secureTokens = new RedeemableTokens(secure.application(), account, Environment.PRODUCTION);
            assertThat(Player.ofProduction(secure.port())
                            .redeem(secureTokens.token(), challenge())
                            .status())
                    .isEqualTo(502);
            assertThat(cloud.requests()).isZero();
        }
    }

    @Test
    void accountWithItsOwnProvider_isSignedForByIt(@TempDir Path other) throws Exception {
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        Path file = Files.writeString(
                other.resolve("accounts.json"),
                "{\"1001\":{\"provider\":\"own\",\"key\":\"" + StandInCloud.KEY + "\",\"iv\":\"" + StandInCloud.IV
                        + "\"}}");
        environment.put("PLAYGRANT_WIDEVINE_ACCOUNTS", file.toString());
        try (RunningService shared = RunningService.start(other.resolve("data"), environment)) {
            RedeemableTokens first = tokens(shared);
            RedeemableTokens second = tokens(shared);
            Player viewer = Player.ofProduction(shared.port());
            // The stand-in knows no other provider than its own.
            assertThat(viewer.redeem(first.token(), challenge()).status()).isEqualTo(502);
            assertThat(viewer.redeem(second.token(), challenge()).status()).isEqualTo(200);
        }
    }

    @Test
    void accountWhoseOwnProviderFails_opensItsOwnCircuitOnly(@TempDir Path other) throws Exception {
        StandInCloud away = new StandInCloud(0, StandInBehaviour.GOOD);
        away.close();
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        Path file = Files.writeString(
                other.resolve("accounts.json"),
                "{\"1001\":{\"provider\":\"own\",\"url\":\"" + away.url() + "\",\"key\":\"" + StandInCloud.KEY
                        + "\",\"iv\":\"" + StandInCloud.IV + "\"}}");
        environment.put("PLAYGRANT_WIDEVINE_ACCOUNTS", file.toString());
        try (RunningService shared = RunningService.start(other.resolve("data"), environment)) {
            RedeemableTokens own = tokens(shared);
            RedeemableTokens usual = tokens(shared);
            Player viewer = Player.ofProduction(shared.port());
            for (int i = 0; i < 10; i++) {
                assertThat(viewer.redeem(own.token(), challenge()).status()).isEqualTo(502);
            }
            assertThat(viewer.redeem(own.token(), challenge()).status()).isEqualTo(503);
            assertThat(viewer.redeem(usual.token(), challenge()).status()).isEqualTo(200);
            assertThat(shared.metric("playgrant_widevine_circuit{environment=\"production\"}"))
                    .isZero();
            assertThat(shared.metric("playgrant_widevine_account_circuits_open{environment=\"production\"}"))
                    .isEqualTo(1);
            assertThat(shared.management().get("/observe/health").body())
                    .contains(
                            "{\"name\":\"production-license-service\",\"status\":\"UP\"}",
                            "{\"name\":\"production-license-service-of-accounts\",\"status\":\"DOWN\"",
                            "own at " + away.url());
            assertThat(shared.management().get("/observe/health/ready").status())
                    .isEqualTo(200);
        }
    }

    private static RedeemableTokens tokens(RunningService shared) {
        long account = shared.newCustomer(Profile.STRICT).account();
        return new RedeemableTokens(shared.application(), account, Environment.PRODUCTION);
    }

    @Test
    void circuit_opensAfterManyFailures_andOnlyForItsEnvironment() throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withHttpStatus(500));
        for (int i = 0; i < 10; i++) {
            assertThat(player.redeem(tokens.token(), challenge()).status()).isEqualTo(502);
        }
        int requests = cloud.requests();
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(1));
        Answer refused = player.redeem(tokens.of(claims), challenge());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).isEqualTo(FAILED);
        assertThat(refused.header("retry-after")).isEqualTo("10");
        assertThat(cloud.requests()).isEqualTo(requests);
        assertThat(reason(record(claims)))
                .isEqualTo("the circuit of the licence service is open, since most of its last calls failed");
        assertThat(service.metric("playgrant_widevine_circuit{environment=\"production\"}"))
                .isEqualTo(2);
        assertThat(service.management().get("/observe/health").body())
                .contains("{\"name\":\"production-license-service\",\"status\":\"DOWN\"");
        assertThat(service.management().get("/observe/health/ready").status()).isEqualTo(200);

        cloud.behave(StandInBehaviour.GOOD);
        RedeemableTokens ofTest = new RedeemableTokens(service.application(), claims.account(), Environment.TEST);
        assertThat(Player.ofTest(service.port())
                        .redeem(ofTest.token(), challenge())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersOfTheService_leaveNoHeaderInOurs() throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withHttpStatus(302));
        Answer answer = player.redeem(tokens.token(), challenge());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.headers()).doesNotContainKey("location");
        assertThat(cloud.requests()).isEqualTo(1);
    }

    private TokenRecord record(Claims claims) {
        return RecordedRedemptions.first(service.application(), claims);
    }
}
