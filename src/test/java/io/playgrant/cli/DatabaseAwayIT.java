package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.app.Application;
import io.playgrant.cli.AskedServer.Customer;
import io.playgrant.cli.PackagedProgram.RunningCommand;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import io.playgrant.config.TestInstallation;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database hangs, is cut off, or dies. */
class DatabaseAwayIT {

    private static final Map<String, String> ENVIRONMENT = Map.of("PLAYGRANT_DATABASE_AWAY_SECONDS", "3");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BEGIN = "The database is out of reach.";
    private static final String END = "The database answers again";

    @TempDir
    private Path data;

    @Test
    void processThatHoldsTheEmbeddedDatabase_hangs_andDies() throws Exception {
        Customer known;
        Customer unknown;
        Customer stranger;
        try (Application application = TestInstallation.open(data)) {
            known = Customer.in(application);
            unknown = Customer.in(application);
            stranger = Customer.in(application);
        }
        try (DatabaseHolder holder = DatabaseHolder.of(data);
                Server server = PackagedProgram.serve(data, ENVIRONMENT)) {
            AskedServer asked = new AskedServer(server);
            asked.assertGives(known);
            asked.awaitReady(true);
            holder.hang();
            asked.assertGoesOnFromMemory(known, unknown);
            asked.awaitForgetful(known);
            assertToldOfTheOutage(asked);

            holder.resume();
            asked.awaitReady(true);
            asked.awaitGiving(known);
            asked.assertGives(unknown);
            assertThat(asked.log()).containsOnlyOnce(BEGIN).containsOnlyOnce(END);

            holder.close();
            asked.awaitGiving(stranger);
            asked.awaitReady(true);
        }
    }

    @Test
    void serverThatIsCutOffFromPostgres_seesWhatChangedMeanwhile() throws Exception {
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(data);
            try (TcpProxy proxy = TcpProxy.to(PostgresServer.shared().port());
                    Application application = Application.open(installation.settings(data))) {
                Customer known = Customer.in(application);
                Customer unknown = Customer.in(application);
                Customer disabled = Customer.in(application);
                try (Server server = PackagedProgram.serve(data, through(proxy, installation))) {
                    AskedServer asked = new AskedServer(server);
                    asked.assertGives(known);
                    asked.assertGives(disabled);
                    proxy.hang();
                    application.accounts().change(disabled.account(), AccountChange.enabled(false));
                    asked.assertGoesOnFromMemory(known, unknown);
                    asked.awaitForgetful(known);
                    assertToldOfTheOutage(asked);

                    proxy.resume();
                    await().atMost(PATIENCE)
                            .until(() -> asked.token(disabled, "one").statusCode() != 503);
                    assertThat(asked.token(disabled, "one").statusCode()).isEqualTo(401);
                    asked.awaitReady(true);
                    asked.awaitGiving(known);
                    asked.assertGives(unknown);
                    assertThat(asked.log()).containsOnlyOnce(BEGIN).containsOnlyOnce(END);

                    proxy.hang();
                    assertThat(server.terminate()).isZero();
                }
            }
        }
    }

    @Test
    void serverEnds_whileTheProcessThatHoldsItsDatabaseHangs() throws Exception {
        TestInstallation.open(data).close();
        try (DatabaseHolder holder = DatabaseHolder.of(data);
                Server server = PackagedProgram.serve(data, ENVIRONMENT)) {
            holder.hang();
            new AskedServer(server).awaitReady(false);
            assertThat(server.terminate()).isZero();
        }
    }

    @Test
    void command_saysWhatItWaitsFor_whileTheProcessThatHoldsItsDatabaseHangs() throws Exception {
        TestInstallation.open(data).close();
        try (DatabaseHolder holder = DatabaseHolder.of(data)) {
            holder.hang();
            RunningCommand command = PackagedProgram.begin(data, ENVIRONMENT, "account", "list");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> command.messages().contains("Still waiting for the database in "));
            holder.resume();
            assertThat(command.process().waitFor()).isZero();
            assertThat(command.messages()).containsOnlyOnce("Still waiting for the database in ");
        }
    }

    private static void assertToldOfTheOutage(AskedServer asked) throws Exception {
        asked.awaitReady(false);
        assertThat(asked.ready().body())
                .containsPattern("\"problem\":\"the database is out of reach since [^\"]+Z: The database [^\"]+\"");
        assertThat(asked.log())
                .containsOnlyOnce(BEGIN)
                .doesNotContain(END)
                .as("no traces")
                .doesNotContain("\tat ");
    }

    private static Map<String, String> through(TcpProxy proxy, SharedInstallation installation) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(installation.environment(proxy));
        return environment;
    }
}
