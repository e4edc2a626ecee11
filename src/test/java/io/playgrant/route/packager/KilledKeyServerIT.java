package io.playgrant.route.packager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are killed while packagers ask for new keys. */
class KilledKeyServerIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int KILLS = 3;

    /** For each dialect. They ask for the same contents. */
    private static final int CLIENTS = 2;

    /** The number of contents whose keys are answered before each kill. */
    private static final int ANSWERED = 30;

    /** More than a client asks for before a kill. */
    private static final int MOST_ASKED = 100_000;

    /** The answers to first requests, by content. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** A packager of some dialect. */
    private enum Client {
        WIDEVINE(5) {
            @Override
            Answer send(Packager packager, String content) throws IOException {
                return packager.widevine(Packager.requestFor(content, "SD", "HD", "UHD1", "UHD2", "AUDIO"));
            }

            @Override
            int keysIn(Answer answer) throws IOException {
                return Packager.response(answer).path("tracks").size();
            }
        },
        CPIX(3) {
            @Override
            Answer send(Packager packager, String content) throws IOException {
                UUID[] kids = IntStream.range(0, 3)
                        .mapToObj(i -> UUID.nameUUIDFromBytes((content + i).getBytes(StandardCharsets.UTF_8)))
                        .toArray(UUID[]::new);
                return packager.cpix(Packager.document(content, kids));
            }

            @Override
            int keysIn(Answer answer) {
                return Packager.plainValues(answer).size();
            }
        };

        /** The number of keys of each content. */
        private final int keys;

        Client(int keys) {
            this.keys = keys;
        }

        abstract Answer send(Packager packager, String content) throws IOException;

        abstract int keysIn(Answer answer) throws IOException;

        /** The answer to a request for all keys of a content. */
        String ask(Packager packager, String content) throws IOException {
            Answer answer = send(packager, content);
            if (answer.body().length() != Integer.parseInt(answer.header("content-length"))) {
                throw new IOException("The answer was cut off");
            }
            assertThat(answer.status()).isEqualTo(200);
            assertThat(keysIn(answer)).isEqualTo(keys);
            return answer.body();
        }

        String content(int number) {
            return name() + "-" + number;
        }

        static Client of(String content) {
            return valueOf(content.replaceFirst("-.*", ""));
        }
    }

    @Test
    void answeredKeys_areAnsweredAgain_andEachContentHasAllItsKeysOrNone(@TempDir Path data) throws Exception {
        Packager packager;
        try (Application application = TestInstallation.open(data)) {
            long account = Customer.of(application.accounts().create("N", Profile.STRICT, List.of()))
                    .account();
            packager = Packager.of(application.accounts(), account, 0);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = PackagedProgram.serve(data, Map.of())) {
                Packager here = packager.at(server.port());
                assertAnsweredAgain(here);
                int more = answers.size() + ANSWERED;
                List<Future<?>> clients = startClients(here, kill * MOST_ASKED);
                await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> answers.size() >= more);
                server.kill();
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            assertNoContentHasSomeOfItsKeys(data);
        }
        try (Server server = PackagedProgram.serve(data, Map.of())) {
            assertAnsweredAgain(packager.at(server.port()));
        }
    }

    private List<Future<?>> startClients(Packager packager, int first) {
        List<Future<?>> clients = new ArrayList<>();
        for (Client client : Client.values()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> askUntilKilled(client, packager, first)));
            }
        }
        return clients;
    }

    private void askUntilKilled(Client client, Packager packager, int first) {
        try {
            for (int number = first; number < first + MOST_ASKED; number++) {
                String content = client.content(number);
                String answer = client.ask(packager, content);
                String other = answers.putIfAbsent(content, answer);
                assertSame(content, answer, other == null ? answer : other);
            }
        } catch (IOException e) {
            // Killed.
        }
    }

    private void assertAnsweredAgain(Packager packager) throws IOException {
        for (Map.Entry<String, String> first : answers.entrySet()) {
            String content = first.getKey();
            assertSame(content, Client.of(content).ask(packager, content), first.getValue());
        }
    }

    /** Does not print the keys. */
    private static void assertSame(String content, String answer, String other) {
        assertThat(answer.equals(other)).as(content).isTrue();
    }

    private void assertNoContentHasSomeOfItsKeys(Path data) {
        try (Application application = TestInstallation.open(data)) {
            Map<String, Integer> stored = application
                    .database()
                    .withHandle(handle -> handle.createQuery(
                                    "select content_id, count(*) as number from stored_key group by content_id")
                            .reduceRows(new HashMap<String, Integer>(), (found, row) -> {
                                found.put(
                                        row.getColumn("content_id", String.class),
                                        row.getColumn("number", Integer.class));
                                return found;
                            }));
            assertThat(stored).containsKeys(answers.keySet().toArray(String[]::new));
            assertThat(stored).allSatisfy((content, keys) -> assertThat(keys).isEqualTo(Client.of(content).keys));
            int named = application
                    .database()
                    .withHandle(handle -> handle.createQuery("select count(*) from packager_key")
                            .mapTo(Integer.class)
                            .one());
            assertThat(named)
                    .isEqualTo(stored.values().stream().mapToInt(keys -> keys).sum());
        }
    }
}
