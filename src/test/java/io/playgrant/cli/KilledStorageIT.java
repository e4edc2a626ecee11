package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import io.playgrant.config.TestInstallation;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.record.RecordPage;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.TokenOpener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that end under load, on each kind of database: what was answered has its record, and keys that were stored are there. */
class KilledStorageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 2;
    private static final int CLIENTS = 4;

    /** Of each server, before it is ended. */
    private static final int TOKENS = 200;

    /** The same. */
    private static final int KEYS = 50;

    private static final String KEK = secret("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final String PARAMETERS =
            "&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + secret("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");

    @TempDir
    private Path data;

    private final Queue<String> urls = new ConcurrentLinkedQueue<>();
    private final Queue<KeyId> keys = new ConcurrentLinkedQueue<>();
    private Map<String, String> database = Map.of();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private enum Kind {
        H2,
        POSTGRESQL
    }

    /** What is done on a database. */
    @FunctionalInterface
    private interface Scenario {
        void play() throws Exception;
    }

    private void on(Kind kind, Scenario scenario) throws Exception {
        if (kind == Kind.H2) {
            scenario.play();
            return;
        }
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(data);
            database = installation.environment();
            scenario.play();
        }
    }

    @ParameterizedTest
    @EnumSource
    void kill_losesNoStoredKey_andNoRecordThatWasWrittenBeforeItsAnswer(Kind kind) throws Exception {
        on(kind, () -> {
            String authenticator = createAccount();
            for (int kill = 0; kill < KILLS; kill++) {
                serve(authenticator, "sync", Server::kill);
            }
            assertThat(recordedTokens()).containsAll(answeredTokens());
            assertThat(storedKeys()).containsAll(keys);
        });
    }

    @ParameterizedTest
    @EnumSource
    void end_losesNoRecord_andNoneIsWrittenTwice(Kind kind) throws Exception {
        on(kind, () -> {
            serve(
                    createAccount(),
                    "async",
                    server -> assertThat(server.terminate()).isZero());
            assertThat(recordedTokens()).containsExactlyInAnyOrderElementsOf(answeredTokens());
        });
    }

    private void serve(String authenticator, String recording, End end) throws Exception {
        try (Server server = PackagedProgram.serve(data, environment(recording))) {
            List<Future<?>> clients = new ArrayList<>();
            int tokens = urls.size() + TOKENS;
            int stored = keys.size() + KEYS;
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(threads.submit(() -> askUntilGone(server, authenticator)));
            }
            clients.add(threads.submit(() -> storeUntilGone(server, authenticator)));
            await().atMost(PATIENCE).until(() -> urls.size() >= tokens && keys.size() >= stored);
            end.of(server);
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    private String createAccount() {
        try (Application application = TestInstallation.open(data, database)) {
            return TestInstallation.createAccount(application, Limit.NONE, Limit.NONE);
        }
    }

    private void askUntilGone(Server server, String authenticator) {
        HttpRequest request = HttpRequest.newBuilder(uri(server, "/hms/wv/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("customerAuthenticator=" + authenticator + PARAMETERS))
                .build();
        untilGone(
                client -> urls.add(client.send(request, BodyHandlers.ofString()).body()));
    }

    /** Each with a name of its own. */
    private void storeUntilGone(Server server, String authenticator) {
        URI uri = uri(server, "/keystore/keys?customerAuthenticator=" + authenticator + "&kek=" + KEK);
        untilGone(client -> {
            String name = "key-" + keys.size();
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofString("{\"kid\":\"^" + name + "\"}"))
                    .build();
            // One whose answer was lost exists already.
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isIn(200, 201);
            keys.add(KeyId.ofName(name));
        });
    }

    /** What a client does again and again. */
    @FunctionalInterface
    private interface Call {
        void send(HttpClient client) throws IOException, InterruptedException;
    }

    private static void untilGone(Call call) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            while (true) {
                call.send(client);
            }
        } catch (IOException e) {
            // Gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static URI uri(Server server, String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }

    private List<String> answeredTokens() {
        List<String> ids = new ArrayList<>();
        open(application -> {
            TokenOpener opener = new TokenOpener(application.keyRing());
            urls.forEach(url ->
                    ids.add(opener.open(url.split("ExpressPlayToken=", 2)[1]).tokenId()));
        });
        return ids;
    }

    private List<String> recordedTokens() {
        List<String> ids = new ArrayList<>();
        open(application -> application.records().accounts().forEach(account -> {
            RecordPage page = application
                    .records()
                    .find(new RecordQuery(
                            account, Environment.PRODUCTION, RecordQuery.Filter.NONE, null, null, null, 100_000));
            page.records().stream().map(TokenRecord::tokenId).forEach(ids::add);
        }));
        return ids;
    }

    private List<KeyId> storedKeys() {
        List<KeyId> kids = new ArrayList<>();
        open(application -> {
            Owner owner = new Owner(application.accounts().list().get(0).number(), Environment.PRODUCTION);
            application.storedKeys().page(owner, null, 100_000).forEach(key -> kids.add(key.kid()));
        });
        return kids;
    }

    private void open(Consumer<Application> use) {
        try (Application application = TestInstallation.open(data, database)) {
            use.accept(application);
        }
    }

    private Map<String, String> environment(String recording) {
        Map<String, String> variables = new HashMap<>(database);
        variables.put("PLAYGRANT_RECORDS", recording);
        return variables;
    }

    /** How a server ends. */
    @FunctionalInterface
    private interface End {
        void of(Server server) throws Exception;
    }
}
