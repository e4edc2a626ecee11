package io.playgrant.route.license;

import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.http.HttpServers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The other branches: Widevine's licence service for tests, and none for production. */
class TestLicenseRouteTest extends FlowTestSupport {

    private static StandInCloud cloud;

    @BeforeAll
    static void startCloud() {
        cloud = new StandInCloud(0, StandInBehaviour.GOOD);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @Override
    protected Map<String, String> environment() {
        return CloudSettings.of("PLAYGRANT_TEST_", cloud);
    }

    @Test
    void testEnvironment_hasACircuitOfItsOwn() throws Exception {
        RedeemableTokens tokens = tokens(Environment.TEST);
        Player player = Player.ofTest(port());
        assertThat(player.redeem(tokens.token(), challenge()).status()).isEqualTo(200);
        cloud.behave(StandInBehaviour.GOOD.withHttpStatus(500));
        assertThat(player.redeem(tokens.token(), challenge()).status()).isEqualTo(502);
    }

    @Test
    void environmentWithoutAService_refuses() throws Exception {
        assertThat(Player.ofProduction(port())
                        .redeem(tokens(Environment.PRODUCTION).token(), challenge())
                        .status())
                .isEqualTo(503);
    }

    private RedeemableTokens tokens(Environment environment) {
        return new RedeemableTokens(application(), newCustomer(Profile.STRICT).account(), environment);
    }

    private int port() {
        return context.hasService(HttpServers.class).port();
    }
}
