package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.RunningService;
import io.playgrant.route.token.HeldKeyStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServersTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final String CLEAR = "&errorFormat=json&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey="
            + secret("404142434445464748494a4b4c4d4e4f");

    @TempDir
    Path folder;

    @Test
    void everyProcessor_servesConnections() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        KeyLookup storage = (account, environment, kid) -> {
            threads.add(Thread.currentThread().getName());
            return Optional.empty();
        };
        try (RunningService service = RunningService.start(folder, Map.of(), storage)) {
            String target = target(service, HeldKeyStorage.PARAMETERS);
            for (int i = 0; i < PROCESSORS; i++) {
                try (KeptConnection connection = new KeptConnection(service.port())) {
                    assertThat(connection.get(target).answer().body()).startsWith("{\"code\":-4019,");
                }
            }
        }
        assertThat(threads)
                .hasSize(PROCESSORS)
                .allSatisfy(name -> assertThat(name).startsWith("vert.x-eventloop-thread-"));
    }

    @Test
    void requestsThatWait_holdUpNoOther() throws Exception {
        HeldKeyStorage storage = new HeldKeyStorage();
        int waiting = 2 * PROCESSORS;
        try (RunningService service =
                RunningService.start(folder, Map.of("PLAYGRANT_WORKER_THREADS", Integer.toString(waiting)), storage)) {
            String held = target(service, HeldKeyStorage.PARAMETERS);
            String clear = target(service, CLEAR);
            service.awaitAccountChangesRead();
            // From here on, its account and some of its credits are in memory.
            assertThat(service.http().get(clear).status()).isEqualTo(200);
            List<KeptConnection> connections = new ArrayList<>();
            try {
                for (int i = 0; i < waiting; i++) {
                    connections.add(new KeptConnection(service.port()).get(held));
                }
                storage.awaitHeld(waiting);
                for (int i = 0; i < PROCESSORS; i++) {
                    try (KeptConnection other = new KeptConnection(service.port())) {
                        assertThat(other.get(clear).answer().status()).isEqualTo(200);
                    }
                }
                // More than the workers: it waits without holding up those that need no worker.
                connections.add(new KeptConnection(service.port()).get(held));
                await().atMost(Duration.ofSeconds(20)).until(() -> service.metric("playgrant_admission_waiting") == 1);
                try (KeptConnection other = new KeptConnection(service.port())) {
                    assertThat(other.get(clear).answer().status()).isEqualTo(200);
                }
                storage.letGo();
                for (KeptConnection connection : connections) {
                    assertThat(connection.answer().body()).startsWith("{\"code\":-4019,");
                }
            } finally {
                storage.letGo();
                for (KeptConnection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private static String target(RunningService service, String parameters) {
        return "/hms/wv/token?customerAuthenticator="
                + service.newCustomer(Profile.STRICT).production() + parameters;
    }
}
