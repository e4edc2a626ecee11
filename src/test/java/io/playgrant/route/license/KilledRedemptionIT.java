package io.playgrant.route.license;

import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.config.SharedInstallation;
import io.playgrant.config.TestInstallation;
import io.playgrant.token.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are killed while a licence service makes licences of tokens with a limit. */
class KilledRedemptionIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CLIENTS = 4;
    private static final int GIVEN = 200;
    private static final int REFUSED = 401;

    @TempDir
    private Path folder;

    private final StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        cloud.close();
    }

    @Test
    void unusedReservation_countsAfterTheKill_andIsFreeAgainWithinAMinute() throws Exception {
        RedeemableTokens tokens;
        try (Application application = TestInstallation.open(folder)) {
            tokens = RedeemableTokens.ofNewAccount(application, Environment.PRODUCTION);
        }
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(4));
        String token = tokens.of(claims);
        byte[] repeated = challenge();
        try (Server server = PackagedProgram.serve(folder, environment())) {
            assertThat(status(server, token, challenge())).isEqualTo(GIVEN);
            cloud.behave(StandInBehaviour.GOOD.withDelay(60_000));
            int before = cloud.requests();
            List<Future<Integer>> underWay = List.of(
                    threads.submit(() -> status(server, token, repeated)),
                    threads.submit(() -> status(server, token, challenge())));
            await().atMost(SOON).until(() -> cloud.requests() == before + underWay.size());
            server.kill();
            for (Future<Integer> call : underWay) {
                assertThatThrownBy(call::get).as("killed").hasCauseInstanceOf(IOException.class);
            }
        }
        Instant killed = Instant.now();
        cloud.behave(StandInBehaviour.GOOD);
        try (Server server = PackagedProgram.serve(folder, environment())) {
            assertThat(status(server, token, repeated))
                    .as("the player asks again, and uses the reservation that it has")
                    .isEqualTo(GIVEN);
            assertThat(statusesAtOnce(server, token))
                    .as("one reservation is held")
                    .containsOnlyOnce(GIVEN);
            assertThat(status(server, token, challenge())).isEqualTo(REFUSED);

            await().atMost(Duration.between(Instant.now(), killed.plusSeconds(60)))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> status(server, token, challenge()) == GIVEN);
            assertThat(statusesAtOnce(server, token)).as("four licences in all").containsOnly(REFUSED);
        }
        try (Application application = TestInstallation.open(folder)) {
            assertThat(application.redemptions().used(claims)).isEqualTo(4);
        }
    }

    @Test
    void killOfANodeUnderLoad_neverGivesMoreLicencesThanAllowed() throws Exception {
        int most = 200;
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(one);
            SharedInstallation.copyKeys(one, two);
            Map<String, String> environment = environment();
            environment.putAll(installation.environment());
            try (Application application = Application.open(installation.settings(one));
                    Server first = PackagedProgram.serve(one, environment);
                    Server second = PackagedProgram.serve(two, environment)) {
                RedeemableTokens tokens = RedeemableTokens.ofNewAccount(application, Environment.PRODUCTION);
                Claims claims = tokens.claims(builder -> builder.maxRedemptions(most));
                String token = tokens.of(claims);
                cloud.behave(StandInBehaviour.GOOD.withDelay(20));
                AtomicInteger given = new AtomicInteger();
                List<Future<?>> clients = new ArrayList<>();
                for (Server node : List.of(first, second)) {
                    for (int i = 0; i < CLIENTS; i++) {
                        clients.add(threads.submit(() -> redeemUntilRefused(node, token, given)));
                    }
                }
                await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> given.get() > most / 4);
                second.kill();
                for (Future<?> client : clients) {
                    client.get();
                }

                assertThat(given)
                        .as("each client of the killed node loses one at most")
                        .hasValueBetween(most - CLIENTS, most);
                assertThat(status(first, token, challenge())).isEqualTo(REFUSED);
                assertThat(application.redemptions().used(claims)).isBetween(given.get(), most);
            }
        }
    }

    private static void redeemUntilRefused(Server node, String token, AtomicInteger given) {
        try {
            int status = status(node, token, challenge());
            while (status == GIVEN) {
                given.incrementAndGet();
                status = status(node, token, challenge());
            }
            assertThat(status).isEqualTo(REFUSED);
        } catch (IOException e) {
            // Killed.
        }
    }

    /** The answers to several players, each with a challenge of its own. */
    private List<Integer> statusesAtOnce(Server server, String token) throws Exception {
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 2 * CLIENTS; i++) {
            calls.add(threads.submit(() -> status(server, token, challenge())));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> call : calls) {
            statuses.add(call.get());
        }
        assertThat(statuses).isSubsetOf(GIVEN, REFUSED);
        return statuses;
    }

    private static int status(Server server, String token, byte[] challenge) throws IOException {
        return Player.ofProduction(server.port()).redeem(token, challenge).status();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.put("PLAYGRANT_WIDEVINE_TIMEOUT_SECONDS", "20");
        return environment;
    }
}
