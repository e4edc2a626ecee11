package io.playgrant.route.license;

import static io.playgrant.route.license.RedeemableTokens.keyRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.license.Player.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which web pages may redeem tokens. */
class RightsCorsTest {

    private static final String ORIGIN = "https://player.example";
    private static final String[] PREFLIGHT = {
        "Origin: " + ORIGIN,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type,expressplaytoken"
    };

    @TempDir
    Path dataDir;

    @Test
    void pagesOfAnyOrigin_mayRedeem_byDefault() throws Exception {
        try (RunningService service = start(Map.of())) {
            Player player = Player.ofTest(service.port());
            Answer preflight = player.send("OPTIONS", Player.RIGHTS, new byte[0], PREFLIGHT);
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.body()).isEmpty();
            assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(preflight.header("access-control-allow-methods")).isEqualTo("POST");
            assertThat(preflight.header("access-control-allow-headers")).isEqualTo("ExpressPlayToken, Content-Type");
            assertThat(preflight.header("access-control-max-age")).isEqualTo("86400");
            assertThat(preflight.header("cache-control")).isEqualTo("max-age=86400");
            assertThat(preflight.headers()).doesNotContainKeys("vary", "access-control-allow-credentials");

            Answer licence = player.redeem(token(service), keyRequest(), "Origin: " + ORIGIN);
            assertThat(licence.status()).isEqualTo(200);
            assertThat(licence.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(licence.header("access-control-expose-headers")).isEqualTo("X-Request-Id");
        }
    }

    @Test
    void errors_mayBeReadToo() throws Exception {
        try (RunningService service = start(Map.of())) {
            Player player = Player.ofTest(service.port());
            Answer invalid = player.redeem("x", keyRequest(), "Origin: " + ORIGIN);
            assertThat(invalid.status()).isEqualTo(401);
            assertThat(invalid.header("access-control-allow-origin")).isEqualTo("*");
            Answer method = player.send("GET", Player.RIGHTS, new byte[0], "Origin: " + ORIGIN);
            assertThat(method.status()).isEqualTo(405);
            assertThat(method.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(method.header("access-control-expose-headers")).isEqualTo("X-Request-Id");
        }
    }

    @Test
    void otherEndpoints_areNotForPages() throws Exception {
        try (RunningService service = start(Map.of())) {
            Player player = Player.ofTest(service.port());
            for (String path : new String[] {"/hms/wv/token", "/hms/wv/tokens", "/keystore/keys", "/records", "/"}) {
                assertThat(player.send("OPTIONS", path, new byte[0], PREFLIGHT).headers())
                        .doesNotContainKey("access-control-allow-origin");
            }
        }
    }

    @Test
    void onlyPagesOfTheNamedOrigins_mayRedeem() throws Exception {
        Map<String, String> origins =
                Map.of("PLAYGRANT_RIGHTS_ORIGINS", "https://Player.example, http://localhost:3000");
        try (RunningService service = start(origins)) {
            Player player = Player.ofTest(service.port());
            Answer allowed = player.send("OPTIONS", Player.RIGHTS, new byte[0], PREFLIGHT);
            assertThat(allowed.status()).isEqualTo(204);
            assertThat(allowed.header("access-control-allow-origin")).isEqualTo(ORIGIN);
            assertThat(allowed.header("vary")).isEqualTo("Origin");
            Answer other = player.send(
                    "OPTIONS",
                    Player.RIGHTS,
                    new byte[0],
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: POST");
            assertThat(other.status()).isEqualTo(204);
            assertThat(other.header("vary")).isEqualTo("Origin");
            assertThat(other.headers()).doesNotContainKeys("access-control-allow-origin", "access-control-max-age");
            Answer app = player.redeem(token(service), keyRequest());
            assertThat(app.status()).isEqualTo(200);
            assertThat(app.header("vary")).isEqualTo("Origin");
            assertThat(app.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void credentials_areNeverAllowedToAnyOrigin() throws Exception {
        try (RunningService service = start(Map.of("PLAYGRANT_RIGHTS_CREDENTIALS", "true"))) {
            Player player = Player.ofTest(service.port());
            Answer preflight = player.send("OPTIONS", Player.RIGHTS, new byte[0], PREFLIGHT);
            assertThat(preflight.header("access-control-allow-origin")).isEqualTo(ORIGIN);
            assertThat(preflight.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(preflight.header("vary")).isEqualTo("Origin");
            Answer refused = player.redeem("x", keyRequest(), "Origin: " + ORIGIN);
            assertThat(refused.header("access-control-allow-origin")).isEqualTo(ORIGIN);
            assertThat(refused.header("access-control-allow-credentials")).isEqualTo("true");
        }
    }

    @Test
    void withoutOrigins_noPageMayRedeem() throws Exception {
        try (RunningService service = start(Map.of("PLAYGRANT_RIGHTS_ORIGINS", ""))) {
            Answer preflight = Player.ofTest(service.port()).send("OPTIONS", Player.RIGHTS, new byte[0], PREFLIGHT);
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    private RunningService start(Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        return RunningService.start(dataDir, environment);
    }

    private static String token(RunningService service) {
        long account = service.newCustomer(Profile.STRICT).account();
        return new RedeemableTokens(service.application(), account, Environment.TEST).token();
    }
}
