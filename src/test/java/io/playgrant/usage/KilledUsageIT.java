package io.playgrant.usage;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import io.playgrant.config.TestInstallation;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.TokenRecord;
import io.playgrant.storage.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are killed under load: the counts are those of the records. */
class KilledUsageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 3;
    private static final int CLIENTS = 4;

    /** Of each round, before the servers are killed: in the midst of several transactions. */
    private static final int ANSWERS = 600;

    private static final String PARAMETERS =
            "&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + secret("d0c1c2c3c4c5c6c7c8c9cacbcccdcecf");

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answers = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void killedServer_hasCountedItsRecords() throws Exception {
        List<String> authenticators;
        try (Application application = TestInstallation.open(folder)) {
            authenticators = createAccounts(application);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            killUnderLoad(authenticators, List.of(folder), Map.of());
        }
        try (Application application = TestInstallation.open(folder)) {
            assertCountsAreThoseOfRecords(application);
        }
    }

    @Test
    void killedNodes_haveCountedTheirRecords_inTheSameRows() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(one);
            SharedInstallation.copyKeys(one, two);
            try (Application application = Application.open(installation.settings(one))) {
                List<String> authenticators = createAccounts(application);
                for (int kill = 0; kill < KILLS; kill++) {
                    killUnderLoad(authenticators, List.of(one, two), installation.environment());
                }
                // The server may not have noticed yet that the connections of killed nodes are closed.
                await().atMost(PATIENCE).untilAsserted(() -> assertCountsAreThoseOfRecords(application));
            }
        }
    }

    private static List<String> createAccounts(Application application) {
        return List.of(
                TestInstallation.createAccount(application, Limit.NONE, Limit.NONE),
                TestInstallation.createAccount(application, Limit.NONE, Limit.NONE));
    }

    private void killUnderLoad(List<String> authenticators, List<Path> nodes, Map<String, String> environment)
            throws Exception {
        List<Server> servers = new ArrayList<>();
        try {
            for (Path node : nodes) {
                servers.add(PackagedProgram.serve(node, environment));
            }
            int end = answers.get() + ANSWERS;
            List<Future<?>> clients = new ArrayList<>();
            for (Server server : servers) {
                for (int client = 0; client < CLIENTS; client++) {
                    String authenticator = authenticators.get(client % authenticators.size());
                    clients.add(threads.submit(() -> askUntilGone(server, authenticator)));
                }
            }
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answers.get() >= end);
            for (Server server : servers) {
                server.kill();
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            for (Server server : servers) {
                server.close();
            }
        }
    }

    /** Asks for a token, for one that is refused, and for a licence with a challenge that is none. */
    private void askUntilGone(Server server, String authenticator) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String issue = "http://127.0.0.1:" + server.port() + "/hms/wv/token?customerAuthenticator=" + authenticator;
        try {
            while (true) {
                String url = client.send(
                                HttpRequest.newBuilder(URI.create(issue + PARAMETERS))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
                client.send(HttpRequest.newBuilder(URI.create(issue)).build(), BodyHandlers.discarding());
                client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(BodyPublishers.ofString("no challenge"))
                                .build(),
                        BodyHandlers.discarding());
                answers.addAndGet(3);
            }
        } catch (IOException e) {
            // Killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertCountsAreThoseOfRecords(Application application) {
        Map<String, Long> recorded = recorded(application);
        assertThat(recorded.keySet())
                .as("answers of every kind: %s", recorded)
                .anyMatch(group -> group.startsWith("1001 token 0"))
                .anyMatch(group -> group.startsWith("1002 token -"))
                .anyMatch(group -> group.startsWith("1001 license -"));
        Database database = application.database();
        assertThat(counted(database, "usage_minute")).isEqualTo(recorded);
        assertThat(counted(database, "usage_hour")).isEqualTo(recorded);
        long all = recorded.values().stream().mapToLong(Long::longValue).sum();
        assertThat(number(database, "select sum(answers) from usage_minute where account = 0"))
                .isEqualTo(all);
        assertThat(number(database, "select sum(answers) from usage_hour where account = 0"))
                .isEqualTo(all);
        assertThat(number(database, "select sum(" + String.join(" + ", Sum.COLUMNS) + ") from usage_total"))
                .isEqualTo(all);
    }

    private static Map<String, Long> recorded(Application application) {
        Map<String, Long> counts = new TreeMap<>();
        for (long account : application.records().accounts()) {
            List<TokenRecord> records = application
                    .records()
                    .find(new RecordQuery(
                            account, Environment.PRODUCTION, RecordQuery.Filter.NONE, null, null, null, 1_000_000))
                    .records();
            records.forEach(
                    record -> counts.merge(group(account, record.operation().label(), record.code()), 1L, Long::sum));
        }
        return counts;
    }

    private static Map<String, Long> counted(Database database, String table) {
        Map<String, Long> counts = new TreeMap<>();
        database.withHandle(handle -> handle.createQuery("select account, operation, code, sum(answers) as total from "
                                + table + " where account > 0 group by account, operation, code")
                        .map((row, context) -> Map.entry(
                                group(row.getLong("account"), row.getString("operation"), row.getInt("code")),
                                row.getLong("total")))
                        .list())
                .forEach(group -> counts.put(group.getKey(), group.getValue()));
        return counts;
    }

    private static String group(long account, String operation, int code) {
        return account + " " + operation + " " + code;
    }

    private static long number(Database database, String query) {
        return database.withHandle(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
