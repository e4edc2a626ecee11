package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.error.TokenException;
import io.playgrant.files.JwkFile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp;
import io.playgrant.token.TokenOpener;
import io.playgrant.token.sealing.KeyRingEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key ring changes, or breaks, while clients go on. */
class KeyRingRotationTest {

    private static final int CLIENTS = 4;
    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);
    private static final String GOOD = "&kid=%5Efilm&contentKey=" + secret("b0c1c2c3c4c5c6c7c8c9cacbcccdcecf")
            + "&securityLevel=1&hdcpOutputControl=0";

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    private Path ringJson;
    private RunningService service;
    private Heartbeat heartbeat;
    private TokenOpener opener;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        ringJson = data.resolve("ring.json");
        service = RunningService.start(data, Map.of());
        heartbeat = service.application().newHeartbeat();
        opener = new TokenOpener(service.application().keyRing());
        markSecrets();
    }

    @AfterEach
    void stop() {
        enough.set(true);
        clients.shutdownNow();
        heartbeat.close();
        service.close();
    }

    @Test
    void rotationUnderLoad_losesNoRequest_andRetiresTheOldKey() throws Exception {
        List<Future<Integer>> running = startClients();
        String old = service.application().keyRing().get().activeId(Environment.PRODUCTION);
        KeyRingEditor editor = service.application().keyRingEditor();
        String before = nextToken();

        String added = editor.add(Environment.PRODUCTION);
        assertThat(new Nodes(service.application().database()).awaitRingKey(added, Node::ringKeys, SOME_SECONDS))
                .isEmpty();
        editor.activate(Environment.PRODUCTION, added);
        await().atMost(SOME_SECONDS)
                .until(() -> service.application()
                        .keyRing()
                        .get()
                        .activeId(Environment.PRODUCTION)
                        .equals(added));
        String after = nextToken();
        assertThat(opener.open(before).environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(opener.open(after).environment()).isEqualTo(Environment.PRODUCTION);

        editor.retire(Environment.PRODUCTION, old);
        markSecrets();
        await().atMost(SOME_SECONDS)
                .until(() -> !service.application().keyRing().get().ids().contains(old));
        String last = nextToken();
        assertAllAnswered(running);

        assertThat(opener.open(after).account()).isEqualTo(1001);
        assertThat(opener.open(last).account()).isEqualTo(1001);
        assertThatThrownBy(() -> opener.open(before))
                .isInstanceOfSatisfying(
                        TokenException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo("no key " + old + " in the ring"));
    }

    @Test
    void brokenRingUnderLoad_keepsServing_andSaysSo() throws Exception {
        List<Future<Integer>> running = startClients();
        String good = Files.readString(ringJson);
        assertThat(service.application().keyRing().problem()).isEmpty();

        service.application().dataFolder().write("ring.json", "{\"keys\":");
        await().atMost(SOME_SECONDS)
                .untilAsserted(() -> assertThat(service.application().keyRing().problem())
                        .contains("The key file " + ringJson + " is not a JWK Set"));
        assertThat(opener.open(nextToken()).account()).isEqualTo(1001);

        service.application().dataFolder().write("ring.json", good);
        await().atMost(SOME_SECONDS)
                .untilAsserted(() ->
                        assertThat(service.application().keyRing().problem()).isEmpty());
        assertThat(opener.open(nextToken()).account()).isEqualTo(1001);
        assertAllAnswered(running);
    }

    private List<Future<Integer>> startClients() {
        Customer customer = service.newCustomer(Profile.STRICT);
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(clients.submit(() -> ask(customer)));
        }
        return running;
    }

    /** How many requests were answered; ends at the first that is not answered with 200. */
    private int ask(Customer customer) throws IOException {
        int answered = 0;
        while (!enough.get()) {
            RawHttp.Answer answer =
                    service.http().get("/hms/wv/token?customerAuthenticator=" + customer.production() + GOOD);
            if (answer.status() != 200) {
                throw new IllegalStateException("status " + answer.status() + " after " + answered);
            }
            answered++;
            answers.add(answer.body().substring(answer.body().indexOf('=') + 1));
        }
        return answered;
    }

    /** A token that is asked for from now on. */
    private String nextToken() {
        int since = answers.size() + 2 * CLIENTS;
        await().atMost(SOME_SECONDS).until(() -> answers.size() > since);
        return answers.stream().skip(since).findFirst().orElseThrow();
    }

    private void assertAllAnswered(List<Future<Integer>> running) throws Exception {
        enough.set(true);
        int answered = 0;
        for (Future<Integer> client : running) {
            answered += client.get(SOME_SECONDS.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(answered).isGreaterThan(CLIENTS * 3).isEqualTo(answers.size());
    }

    private void markSecrets() {
        JwkFile.secrets(JwkFile.read(ringJson))
                .forEach(key -> secret(key.getKeyValue().toString()));
    }
}
