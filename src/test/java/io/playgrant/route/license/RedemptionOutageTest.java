package io.playgrant.route.license;

import static io.playgrant.route.license.Player.error;
import static io.playgrant.route.license.RedeemableTokens.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.config.SharedInstallation;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.RunningService;
import io.playgrant.route.license.Player.Answer;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import io.playgrant.token.Claims;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redemption while the database hangs, and once it is back. */
class RedemptionOutageTest {

    private static final String NOT_COUNTED =
            error(-2030, "[-2030] ExpressPlay Admin error: redemptions cannot be counted now, try again later");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SharedInstallation installation = SharedInstallation.create();
    private TcpProxy proxy;
    private RunningService service;
    private Player player;
    private RedeemableTokens tokens;
    private RedeemableTokens ofAccountNotInMemory;

    /** How an outage ends. */
    private enum End {
        /** What was sent during the outage still arrives. */
        RESUME {
            @Override
            void of(TcpProxy proxy) {
                proxy.resume();
            }
        },
        /** What was sent during the outage is lost. */
        NEW_CONNECTIONS {
            @Override
            void of(TcpProxy proxy) throws Exception {
                proxy.breakConnections();
            }
        };

        abstract void of(TcpProxy proxy) throws Exception;
    }

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        installation.makeKeys(data);
        proxy = TcpProxy.to(PostgresServer.shared().port());
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.putAll(installation.environment(proxy));
        service = RunningService.start(data, environment);
        player = Player.ofProduction(service.port());
        tokens = newTokens();
        ofAccountNotInMemory = newTokens();
        service.awaitAccountChangesRead();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        service.close();
        proxy.close();
        installation.close();
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void limitedTokens_areRefusedForNow_andOthersAreRedeemed(End end) throws Exception {
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(2));
        String limited = tokens.of(claims);
        assertThat(player.redeem(limited, challenge()).status()).isEqualTo(200);
        int asked = cloud.requests();

        proxy.hang();
        Future<Answer> unknown = threads.submit(() -> player.redeem(ofAccountNotInMemory.token(), challenge()));
        for (Answer refused : redeemAtOnce(limited)) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).isEqualTo(NOT_COUNTED);
        }
        assertThat(cloud.requests()).as("no licence was asked for").isEqualTo(asked);
        assertThat(unknown.get().status()).isEqualTo(503);
        assertThat(unknown.get().text()).startsWith("{\"code\":-2030,");
        assertThat(player.redeem(tokens.token(), challenge()).status()).isEqualTo(200);

        end.of(proxy);
        await().atMost(SOON).until(() -> player.redeem(limited, challenge()).status() == 200);
        assertThat(player.redeem(limited, challenge()).status()).isEqualTo(401);
        assertThat(used(claims)).isEqualTo(2);
        assertThat(player.redeem(ofAccountNotInMemory.token(), challenge()).status())
                .isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(records(claims))
                        .filteredOn(record -> record.code() == -2030)
                        .hasSize(8)
                        .extracting(RecordedRedemptions::reason)
                        .allMatch(reason -> reason.startsWith("The database ")));
    }

    @ParameterizedTest
    @EnumSource
    void confirmationThatFails_refusesTheLicence_andIsNotCountedTwice(End end) throws Exception {
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(1));
        String token = tokens.of(claims);
        byte[] message = challenge();
        cloud.behave(StandInBehaviour.GOOD.withDelay(1_000));
        int asked = cloud.requests();
        Future<Answer> underWay = threads.submit(() -> player.redeem(token, message));
        await().atMost(SOON).until(() -> cloud.requests() == asked + 1);
        proxy.hang();
        assertThat(underWay.get().status()).isEqualTo(503);
        assertThat(underWay.get().text()).isEqualTo(NOT_COUNTED);

        cloud.behave(StandInBehaviour.GOOD);
        end.of(proxy);
        await().atMost(SOON).until(() -> player.redeem(token, message).status() == 200);
        assertThat(player.redeem(token, message).status()).as("repeated").isEqualTo(200);
        assertThat(player.redeem(token, challenge()).status()).isEqualTo(401);
        assertThat(used(claims)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void releaseThatFails_leavesTheReservationToItsChallenge(End end) throws Exception {
        Claims failing = tokens.claims(builder -> builder.maxRedemptions(1).contentId("stand-in:slow=1000,http=500"));
        String token = tokens.token(builder -> builder.maxRedemptions(1).tokenId(failing.tokenId()));
        byte[] message = challenge();
        int asked = cloud.requests();
        Future<Answer> underWay = threads.submit(() -> player.redeem(tokens.of(failing), message));
        await().atMost(SOON).until(() -> cloud.requests() > asked);
        proxy.hang();
        assertThat(underWay.get().status())
                .as("the failure of the licence service")
                .isEqualTo(502);
        assertThat(underWay.get().text()).isEqualTo(error(-7008, "[-7008] Failed to generate Widevine license"));

        end.of(proxy);
        await().atMost(SOON).until(() -> player.redeem(token, message).status() == 200);
        assertThat(player.redeem(token, challenge()).status()).isEqualTo(401);
        assertThat(used(failing)).isEqualTo(1);
    }

    private List<Answer> redeemAtOnce(String token) throws Exception {
        List<Future<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(threads.submit(() -> player.redeem(token, challenge())));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> call : calls) {
            answers.add(call.get());
        }
        return answers;
    }

    private RedeemableTokens newTokens() {
        return RedeemableTokens.ofNewAccount(service.application(), Environment.PRODUCTION);
    }

    private int used(Claims claims) {
        return service.application().redemptions().used(claims);
    }

    private List<TokenRecord> records(Claims claims) {
        return RecordedRedemptions.of(service.application(), claims);
    }
}
