package io.playgrant.route.license;

import static io.playgrant.route.license.Player.error;
import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.RefusalLines;
import io.playgrant.route.license.Player.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The default: tokens are issued, and not redeemed. */
class WithoutLicenseServiceTest {

    private static final String FAILED = error(-7008, "[-7008] Failed to generate Widevine license");

    @TempDir
    Path dataDir;

    @Test
    void redemption_isRefused_andTheLogSaysHowToSetAService() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.playgrant.refused");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (RunningService service = RunningService.start(dataDir, Map.of())) {
            Customer customer = service.newCustomer(Profile.STRICT);
            Player player = Player.ofProduction(service.port());
            RedeemableTokens tokens =
                    new RedeemableTokens(service.application(), customer.account(), Environment.PRODUCTION);
            Answer answer = player.redeem(tokens.token(), challenge());
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo(FAILED);
            assertThat(log.list)
                    .singleElement()
                    .extracting(RefusalLines::text)
                    .asString()
                    .startsWith("request=" + answer.header("x-request-id") + " source=license account="
                            + customer.account() + " code=-7008 status=503 ")
                    .endsWith(" reason=\"the licence service of the production environment is none; set"
                            + " PLAYGRANT_LICENSE_SERVICE=widevine-cloud, see docs/operations/redemption.md\"");
            assertThat(player.redeem(tokens.token(), SampleChallenge.certificate())
                            .status())
                    .isEqualTo(503);
            assertThat(player.redeem(tokens.token(), "{\"kids\":[]}".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(503);
            assertThat(player.send("GET", "/hms/wv/certificate", new byte[0]).status())
                    .isEqualTo(503);
            await().untilAsserted(() -> assertThat(
                            service.management().get("/observe/health").status())
                    .isEqualTo(200));
        } finally {
            logger.detachAppender(log);
        }
    }
}
