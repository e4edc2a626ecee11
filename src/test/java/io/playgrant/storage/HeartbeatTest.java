package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.storage.Nodes.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HeartbeatTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(15);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Heartbeat.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicReference<Set<String>> keys = new AtomicReference<>(Set.of("aa", "bb"));
    private Database database;
    private Nodes nodes;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.openEmbedded(folder);
        nodes = new Nodes(database);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        database.close();
    }

    @Test
    void start_makesTheServerKnown_andCloseForgetsIt() {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get)) {
            assertThat(heartbeat).isNotNull();
            assertThat(nodes.live()).singleElement().satisfies(node -> {
                assertThat(node.name()).endsWith(":" + ProcessHandle.current().pid());
                assertThat(node.ringKeys()).containsExactlyInAnyOrder("aa", "bb");
            });
        }
        assertThat(nodes.live()).isEmpty();
    }

    @Test
    void start_needsTheDatabase() {
        database.close();
        assertThatThrownBy(() -> Heartbeat.start(nodes, keys::get).close()).isInstanceOf(StorageException.class);
    }

    @Test
    void changedKeys_areTold() throws InterruptedException {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get)) {
            assertThat(heartbeat).isNotNull();
            assertThat(nodes.awaitRingKey("cc", Duration.ZERO)).hasSize(1);
            keys.set(Set.of("aa", "bb", "cc"));
            assertThat(nodes.awaitRingKey("cc", SOME_SECONDS)).isEmpty();
        }
    }

    @Test
    void serverThatWasForgotten_isToldOfAgain() {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get)) {
            assertThat(heartbeat).isNotNull();
            database.withHandle(handle -> handle.execute("delete from node"));
            await().atMost(SOME_SECONDS)
                    .untilAsserted(() -> assertThat(nodes.live()).hasSize(1));
        }
    }

    @Test
    void serversThatWereNotSeenForTenSeconds_areNotLive() throws InterruptedException {
        nodes.seen("1", new Node("one", Set.of("aa")));
        nodes.seen("2", new Node("two", Set.of("bb")));
        assertThat(nodes.live()).containsExactly(new Node("one", Set.of("aa")), new Node("two", Set.of("bb")));
        assertThat(nodes.awaitRingKey("aa", Duration.ZERO))
                .extracting(Node::name)
                .containsExactly("two");
        database.withHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '11' second where id = '2'"));
        assertThat(nodes.live()).extracting(Node::name).containsExactly("one");
        assertThat(nodes.awaitRingKey("aa", Duration.ZERO)).isEmpty();
    }

    @Test
    void serversThatEndedWithoutAWord_areForgottenAfterADay() {
        nodes.seen("1", new Node("one", Set.of()));
        nodes.seen("2", new Node("two", Set.of()));
        database.withHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '2' day where id = '2'"));
        nodes.gone("3");
        assertThat(ids()).containsExactly("1");
        nodes.gone("1");
        assertThat(ids()).isEmpty();
    }

    @Test
    void databaseOutOfReach_isLoggedOnce() {
        Heartbeat heartbeat = Heartbeat.start(nodes, keys::get);
        database.withHandle(handle -> handle.execute("alter table node rename to away"));
        keys.set(Set.of("cc"));
        await().atMost(SOME_SECONDS).until(() -> !log.list.isEmpty());
        await().during(Duration.ofSeconds(2)).atMost(SOME_SECONDS).until(() -> log.list.size() == 1);
        assertThat(log.list.get(0).getFormattedMessage()).isEqualTo("The database is not told that this server lives");

        database.withHandle(handle -> handle.execute("alter table away rename to node"));
        await().atMost(SOME_SECONDS)
                .untilAsserted(() ->
                        assertThat(nodes.live()).extracting(Node::ringKeys).containsExactly(Set.of("cc")));
        heartbeat.close();
        assertThat(log.list).hasSize(1);
    }

    private List<String> ids() {
        return database.withHandle(handle -> handle.createQuery("select id from node order by id")
                .mapTo(String.class)
                .list());
    }
}
