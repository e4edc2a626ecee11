package io.playgrant.route.license;

import static io.playgrant.route.license.RedeemableTokens.challenge;
import static io.playgrant.route.license.RedeemableTokens.keyRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInBehaviour.Fault;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.http.HttpServers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The branches of the routes of redemption, with Widevine's licence service, a stand-in, in production, and Clear Key for tests. */
class LicenseRouteTest extends FlowTestSupport {

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
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        return environment;
    }

    @Test
    void licence_comesFromTheServiceOfTheEnvironment() throws Exception {
        cloud.behave(StandInBehaviour.GOOD);
        assertThat(production()
                        .redeem(tokens(Environment.PRODUCTION).token(), challenge())
                        .status())
                .isEqualTo(200);
        assertThat(Player.ofTest(port())
                        .redeem(tokens(Environment.TEST).token(), keyRequest())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void certificateAndRenewal_areNotCounted() throws Exception {
        cloud.behave(StandInBehaviour.GOOD);
        String token = tokens(Environment.PRODUCTION).token(claims -> claims.maxRedemptions(1));
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();
        assertThat(production().redeem(token, SampleChallenge.certificate()).status())
                .isEqualTo(200);
        assertThat(production().redeem(token, renewal).status()).isEqualTo(200);
        assertThat(production().redeem(token, challenge()).status()).isEqualTo(200);
        assertThat(production().send("GET", "/hms/wv/certificate", new byte[0]).status())
                .isEqualTo(200);
    }

    @Test
    void refusals_areAnsweredWhetherTheTokenWasOpenedOrNot() throws Exception {
        cloud.behave(StandInBehaviour.GOOD.withFault(Fault.RESET));
        assertThat(production().redeem("x", challenge()).status()).isEqualTo(401);
        assertThat(production()
                        .redeem(tokens(Environment.PRODUCTION).token(), challenge())
                        .status())
                .isEqualTo(502);
    }

    private Player production() {
        return Player.ofProduction(port());
    }

    private RedeemableTokens tokens(Environment environment) {
        return new RedeemableTokens(application(), newCustomer(Profile.STRICT).account(), environment);
    }

    private int port() {
        return context.hasService(HttpServers.class).port();
    }
}
