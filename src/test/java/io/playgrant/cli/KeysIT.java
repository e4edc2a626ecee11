package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Database;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that the command line stores beside a server, each of them a process. */
class KeysIT {

    private static final String KEK = secret("0c1d2e3f405162738495a6b7c8d9eafb");
    private static final String K = secret("1b2a39485766758493a2b1c0dfeefd0c");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final int LINES = 20_000;

    private static final Map<String, String> SMALL_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m -XX:+ExitOnOutOfMemoryError");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void keyOfTheCommandLine_isServed_andItsDeletionSeenWithinSeconds() throws Exception {
        Path data = folder.resolve("data");
        String authenticator = TestInstallation.createAccount(data);
        String kek = Files.writeString(folder.resolve("kek"), KEK).toString();
        String key = Files.writeString(folder.resolve("key"), K).toString();
        try (Server server = PackagedProgram.serve(data)) {
            assertThat(ask(server, authenticator).body()).contains("\"code\":-4019");
            assertDone(PackagedProgram.run(
                    data,
                    "key",
                    "create",
                    "--account",
                    "1001",
                    "--kid",
                    "^film",
                    "--key-file",
                    key,
                    "--kek-file",
                    kek));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> ask(server, authenticator).statusCode() == 200);
            Finished token = PackagedProgram.run(
                    data,
                    "token",
                    "explain",
                    "--reveal-keys",
                    ask(server, authenticator).body());
            assertThat(token.out()).contains("contentKey=" + K);

            assertDone(PackagedProgram.run(data, "key", "delete", "--account", "1001", "^film"));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> ask(server, authenticator).statusCode() == 400);
            assertThat(ask(server, authenticator).body()).contains("\"code\":-4019");
        }
    }

    @Test
    void killedImport_isCompletedByTheSameCommand_inASmallHeap() throws Exception {
        Path data = folder.resolve("data");
        TestInstallation.createAccount(data);
        Path keys = Files.writeString(
                folder.resolve("keys.csv"),
                IntStream.range(0, LINES)
                        .mapToObj(i -> "%032x,%s\n".formatted(i, EK))
                        .collect(Collectors.joining("", "kid,ek\n", "")));
        String[] importing = {"key", "import", "--account", "1001", keys.toString()};
        killOnceItHasStored(data, PackagedProgram.start(data, SMALL_HEAP, importing));
        long before = count(data);
        assertThat(before).isPositive();
        assertThat(before % 1_000).isZero();

        Finished again = PackagedProgram.run(data, SMALL_HEAP, importing);
        assertThat(again.err())
                .endsWith("playgrant: imported " + (LINES - before) + ", already there " + before + ", bad 0\n");
        assertThat(again.status()).isZero();
        assertThat(count(data)).isEqualTo(LINES);
    }

    /**
     * Kills an import after its first keys. The test joins the database that the import has open. If it opened the file again and again
     * by itself, the import might never find it free.
     */
    private static void killOnceItHasStored(Path data, Process importing) throws InterruptedException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(data.resolve("playgrant.lock.db")) || !importing.isAlive());
        try (Database database = Database.openEmbedded(data)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> count(database) > 0 || !importing.isAlive());
            importing.destroyForcibly().waitFor();
        }
    }

    private static long count(Path data) {
        try (Database database = Database.openEmbedded(data)) {
            return count(database);
        }
    }

    private static long count(Database database) {
        return new DatabaseKeys(database).count(new Owner(1001, Environment.PRODUCTION));
    }

    private HttpResponse<String> ask(Server server, String authenticator) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token?customerAuthenticator="
                + authenticator + "&kid=%5Efilm&kek=" + KEK + "&securityLevel=1&hdcpOutputControl=0&errorFormat=json");
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static void assertDone(Finished finished) {
        assertThat(finished.err()).isEmpty();
        assertThat(finished.status()).isZero();
    }
}
