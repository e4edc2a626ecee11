package io.playgrant.route.license;

import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.license.Player.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redemptions that wait for a slow licence service leave half of the server to others. */
class RedemptionBulkheadTest {

    private static final int HALF = 3;

    @TempDir
    Path dataDir;

    private final StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD.withDelay(2_000));
    private final ExecutorService players = Executors.newCachedThreadPool();
    private RunningService service;
    private Customer customer;
    private Player player;
    private RedeemableTokens tokens;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.put("PLAYGRANT_WORKER_THREADS", "1");
        environment.put("PLAYGRANT_WAITING_REQUESTS", Integer.toString(2 * HALF - 1));
        service = RunningService.start(dataDir, environment);
        customer = service.newCustomer(Profile.STRICT);
        player = Player.ofProduction(service.port());
        tokens = new RedeemableTokens(service.application(), customer.account(), Environment.PRODUCTION);
    }

    @AfterEach
    void stop() {
        players.shutdownNow();
        service.close();
        cloud.close();
    }

    @Test
    void redemptionsBeyondHalfOfThePlaces_areRefusedAtOnce_andTokensAreIssued() throws Exception {
        List<Future<Answer>> waiting = IntStream.range(0, HALF)
                .mapToObj(i -> players.submit(() -> player.redeem(tokens.token(), challenge())))
                .toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> service.metric("playgrant_admission_limited") == HALF);
        Answer refused = player.redeem(tokens.token(), challenge(), "Origin: https://player.example");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(service.http()
                        .get("/hms/wv/token?securityLevel=1&hdcpOutputControl=0&kid=%5Efilm"
                                + "&contentKey=00112233445566778899aabbccddeeff&customerAuthenticator="
                                + customer.production())
                        .status())
                .isEqualTo(200);
        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> answer : waiting) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsExactly(200, 200, 200);
        await().atMost(Duration.ofSeconds(20)).until(() -> service.metric("playgrant_admission_limited") == 0);
    }
}
