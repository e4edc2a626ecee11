package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.files.JwkFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does beside a server that clients are using, each of them a process. */
class OperationIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = "&kid=%5Efilm&contentKey=" + secret("f0d1d2d3d4d5d6d7d8d9dadbdcdddedf")
            + "&securityLevel=1&hdcpOutputControl=0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService clients = Executors.newFixedThreadPool(2);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final List<String> urls = new CopyOnWriteArrayList<>();

    private Path folder;
    private Path data;
    private Server server;
    private String authenticator;
    private List<Future<?>> load;

    @BeforeEach
    void serveUnderLoad(@TempDir Path folder) throws Exception {
        this.folder = folder;
        data = folder.resolve("data");
        server = PackagedProgram.serve(data);
        Finished created = PackagedProgram.run(data, "account", "create", "--name", "N", "--json");
        authenticator = secret(JSON.readTree(created.out())
                .at("/production/customerAuthenticator")
                .asText());
        markRing();
        load = List.of(clients.submit(this::ask), clients.submit(this::ask));
        await().atMost(Duration.ofSeconds(20)).until(() -> urls.size() > 10);
    }

    @AfterEach
    void end() throws Exception {
        enough.set(true);
        clients.shutdownNow();
        server.close();
    }

    @Test
    void backupOfAServerUnderLoad_isRestoredElsewhere() throws Exception {
        String url = urls.get(0);
        Path file = folder.resolve("backup.zip");
        assertDone(PackagedProgram.run(data, "backup", file.toString()));
        assertNoRequestWasLost();

        Path elsewhere = folder.resolve("new/data");
        assertDone(PackagedProgram.run(elsewhere, "restore", file.toString()));
        assertDone(PackagedProgram.run(elsewhere, "token", "explain", url));
        try (Server restored = PackagedProgram.serve(elsewhere)) {
            assertThat(get(restored).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void ringIsRotatedUnderLoad_andItsOldKeyRetired() throws Exception {
        String old = JSON.readTree(
                        PackagedProgram.run(data, "ring", "list", "--json").out())
                .at("/production/active")
                .asText();
        String before = urls.get(0);
        String added = PackagedProgram.run(data, "ring", "add", "--environment", "production")
                .out()
                .strip();
        markRing();
        assertDone(PackagedProgram.run(data, "ring", "activate", added));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> isMadeWith(added, get(server).body()));
        assertDone(PackagedProgram.run(data, "token", "explain", before));
        assertDone(PackagedProgram.run(data, "ring", "retire", old));
        assertNoRequestWasLost();
        Finished gone = PackagedProgram.run(data, "token", "explain", before);
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.out()).contains("no key " + old + " in the ring");
        assertDone(PackagedProgram.run(data, "token", "explain", urls.get(urls.size() - 1)));
    }

    private void ask() {
        try {
            while (!enough.get()) {
                HttpResponse<String> answer = get(server);
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("status " + answer.statusCode());
                }
                urls.add(answer.body());
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(Server at) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + at.port() + "/hms/wv/token?customerAuthenticator=" + authenticator + GOOD);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** A token carries the id of its key in clear. */
    private static boolean isMadeWith(String key, String url) {
        byte[] token = Base64.getUrlDecoder().decode(url.substring(url.indexOf('=') + 1));
        return HexFormat.of().formatHex(token).contains(key);
    }

    private void assertNoRequestWasLost() throws Exception {
        int answered = urls.size();
        await().atMost(Duration.ofSeconds(20)).until(() -> urls.size() > answered + 10);
        enough.set(true);
        for (Future<?> client : load) {
            client.get(20, TimeUnit.SECONDS);
        }
    }

    private void markRing() {
        JwkFile.secrets(JwkFile.read(data.resolve("ring.json")))
                .forEach(key -> secret(key.getKeyValue().toString()));
    }

    private static void assertDone(Finished finished) {
        assertThat(finished.err()).isEmpty();
        assertThat(finished.status()).isZero();
    }
}
