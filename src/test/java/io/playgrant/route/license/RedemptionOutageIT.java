package io.playgrant.route.license;

import static io.playgrant.route.license.Player.error;
import static io.playgrant.route.license.RedeemableTokens.keyRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import io.playgrant.route.license.Player.Answer;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import io.playgrant.token.Claims;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database hangs for longer than it trusts the revocations in memory. */
class RedemptionOutageIT {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** From the outage to the first refusal. The last look came a second or two before the outage. */
    private static final Duration LEAST = Duration.ofSeconds(57);

    private static final Duration MOST = Duration.ofSeconds(70);

    @Test
    void tokens_areRedeemedUntilAMinuteAfterTheLastLookAtRevocations(@TempDir Path data) throws Exception {
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(data);
            try (TcpProxy proxy = TcpProxy.to(PostgresServer.shared().port());
                    Application application = Application.open(installation.settings(data))) {
                RedeemableTokens tokens = RedeemableTokens.ofNewAccount(application, Environment.TEST);
                try (Server server = PackagedProgram.serve(data, environment(installation.environment(proxy)))) {
                    redeemUntilRefused(proxy, application, tokens, Player.ofTest(server.port()));
                }
            }
        }
    }

    private static void redeemUntilRefused(
            TcpProxy proxy, Application application, RedeemableTokens tokens, Player player) throws Exception {
        Claims revoked = tokens.claims(same -> same);
        assertThat(player.redeem(tokens.of(revoked), keyRequest()).status()).isEqualTo(200);

        proxy.hang();
        long begin = System.nanoTime();
        application.revocations().revoke(revoked, "during the outage");
        await().atMost(MOST)
                .pollInterval(SECOND)
                .until(() -> player.redeem(tokens.token(), keyRequest()).status() != 200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LEAST, MOST);
        Answer refused = player.redeem(tokens.token(), keyRequest());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text())
                .isEqualTo(error(
                        -2030,
                        "[-2030] ExpressPlay Admin error: revocations cannot be looked up now, try again later"));

        proxy.resume();
        await().atMost(MOST)
                .until(() -> player.redeem(tokens.token(), keyRequest()).status() == 200);
        assertThat(player.redeem(tokens.of(revoked), keyRequest()).text())
                .isEqualTo(error(-4010, "[-4010] Invalid token"));
    }

    private static Map<String, String> environment(Map<String, String> database) {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        environment.put("PLAYGRANT_TEST_HOSTS", Player.TEST_HOST);
        // Longer than that of revocations.
        environment.put("PLAYGRANT_DATABASE_AWAY_SECONDS", "600");
        return environment;
    }
}
