package io.playgrant.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.playgrant.CapturedLog;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EachDatabase
class HeartbeatTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(15);

    @AutoClose
    private final Schedule schedule = new Schedule();

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(Heartbeat.class);

    private final AtomicReference<Set<RingKeyTag>> keys = new AtomicReference<>(ring("aa", "bb"));
    private Database database;
    private Nodes nodes;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        nodes = new Nodes(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void start_makesTheServerKnown_andCloseForgetsIt() {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
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
        assertThatThrownBy(() ->
                        Heartbeat.start(nodes, keys::get, Set::of, schedule).close())
                .isInstanceOf(StorageException.class);
    }

    @Test
    void changedKeys_areTold() throws InterruptedException {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            assertThat(heartbeat).isNotNull();
            assertThat(nodes.awaitRingKey("cc", Node::ringKeys, Duration.ZERO)).hasSize(1);
            keys.set(ring("aa", "bb", "cc"));
            assertThat(nodes.awaitRingKey("cc", Node::ringKeys, SOME_SECONDS)).isEmpty();
        }
    }

    @Test
    void serverThatWasForgotten_isToldOfAgain() {
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            assertThat(heartbeat).isNotNull();
            database.withHandle(handle -> handle.execute("delete from node"));
            await().atMost(SOME_SECONDS)
                    .untilAsserted(() -> assertThat(nodes.live()).hasSize(1));
        }
    }

    @Test
    void serversThatWereNotSeenForTenSeconds_areNotLive() throws InterruptedException {
        nodes.seen("1", new Node("one", ring("aa")));
        nodes.seen("2", new Node("two", ring("bb")));
        assertThat(nodes.live()).containsExactly(new Node("one", ring("aa")), new Node("two", ring("bb")));
        assertThat(nodes.awaitRingKey("aa", Node::ringKeys, Duration.ZERO))
                .extracting(Node::name)
                .containsExactly("two");
        database.withHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '11' second where id = '2'"));
        assertThat(nodes.live()).extracting(Node::name).containsExactly("one");
        assertThat(nodes.awaitRingKey("aa", Node::ringKeys, Duration.ZERO)).isEmpty();
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
    void listed_hasVersionAndTimes_alsoOfServersThatEndedWithoutAWord() {
        new Nodes(database, "1.6").seen("1", new Node("one", ring("aa")));
        nodes.seen("2", new Node("two", Set.of()));
        nodes.seen("3", new Node("three", Set.of()));
        database.withHandle(
                handle -> handle.execute(
                        "update node set started_at = started_at - interval '1' hour, seen_at = seen_at - interval '11' second where id = '1'"));
        database.withHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '25' hour where id = '3'"));
        assertThat(nodes.listed())
                .extracting(ListedNode::node, ListedNode::version, ListedNode::live)
                .containsExactly(
                        tuple(new Node("two", Set.of()), "", true), tuple(new Node("one", ring("aa")), "1.6", false));
        assertThat(nodes.listed().get(1))
                .satisfies(one -> assertThat(Duration.between(one.startedAt(), one.seenAt()))
                        .isEqualTo(Duration.ofSeconds(3_589)));
    }

    @Test
    void serverOfAnEarlierVersion_isListedWithoutItsVersion() {
        database.withHandle(
                handle -> handle.execute("insert into node (id, name, started_at, seen_at, ring_keys, storage_keys)"
                        + " values ('1', 'old', current_timestamp, current_timestamp, '', '')"));
        assertThat(nodes.listed())
                .extracting(ListedNode::name, ListedNode::version, ListedNode::live)
                .containsExactly(tuple("old", "", true));
    }

    @Test
    void databaseOutOfReach_isLoggedOnce() {
        Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule);
        database.withHandle(handle -> handle.execute("alter table node rename to away"));
        keys.set(ring("cc"));
        await().atMost(SOME_SECONDS).until(() -> !log.events().isEmpty());
        await().during(Duration.ofSeconds(2))
                .atMost(SOME_SECONDS)
                .until(() -> log.events().size() == 1);
        assertThat(log.events().get(0).getFormattedMessage())
                .startsWith("The heartbeat of this server cannot be written. The database failed: ");

        database.withHandle(handle -> handle.execute("alter table away rename to node"));
        await().atMost(SOME_SECONDS)
                .untilAsserted(() ->
                        assertThat(nodes.live()).extracting(Node::ringKeys).containsExactly(Set.of("cc")));
        heartbeat.close();
        assertThat(log.events()).hasSize(1);
    }

    @Test
    void ringThatComesToLackTheKeyOfOthers_isLogged() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true))));
        keys.set(Set.of(tag("aa", true)));
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            assertThat(heartbeat).isNotNull();
            keys.set(Set.of(tag("aa", true), tag("bb", false)));
            await().atMost(SOME_SECONDS)
                    .until(() -> nodes.live().stream()
                            .anyMatch(node -> node.ringKeys().contains("bb")));
            keys.set(Set.of(tag("bb", true)));
            await().atMost(SOME_SECONDS).until(() -> !log.events().isEmpty());
        }
        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The key rings of the nodes do not fit together any more: one makes tokens with the key aa, which"
                                + " this node's ring has not. All nodes need the same ring.json; a node that has ended is"
                                + " forgotten after 10 seconds");
    }

    @Test
    void requireAgreement_passes_whenEachCanOpenTheOthersTokens() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true), tag("cc", false))));
        keys.set(Set.of(tag("aa", true), tag("bb", false)));
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            heartbeat.requireAgreement();
            keys.set(Set.of(tag("aa", false), tag("cc", true)));
            heartbeat.requireAgreement();
        }
    }

    @Test
    void requireAgreement_refusesAnotherSecretUnderOneId() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true), new RingKeyTag("bb", "0f", false))));
        assertRefused(
                Set.of(tag("aa", true), tag("bb", false)), "the key bb of this node's ring has another secret on one");
    }

    @Test
    void requireAgreement_refusesARingThatLacksTheKeyOfOthers() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true), tag("bb", false))));
        assertRefused(Set.of(tag("bb", true)), "one makes tokens with the key aa, which this node's ring has not");
    }

    @Test
    void requireAgreement_holdsForStorageRings_whereBothNodesHaveOne() {
        nodes.seen("1", new Node("one", ring("aa"), Set.of(tag("ss", true))));
        nodes.seen("2", new Node("two", ring("aa")));
        assertThat(nodes.allWrapWith("ss")).isTrue();
        assertThat(nodes.allWrapWith("tt")).isFalse();
        nodes.requireAgreement(ring("aa"), Set.of());
        nodes.requireAgreement(ring("aa"), Set.of(tag("ss", true)));
        assertThatThrownBy(() -> nodes.requireAgreement(ring("aa"), Set.of(tag("tt", false))))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key rings of the nodes do not fit together: one holds keys with the key ss, which this"
                        + " node's storage ring has not. All nodes need the same storage-ring.json; a node that has ended is"
                        + " forgotten after 10 seconds");
    }

    @Test
    void requireAgreement_refusesAKeyThatOthersLack() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true))));
        assertRefused(
                Set.of(tag("aa", false), tag("bb", true)),
                "this node would make tokens with the key bb, which the ring of one has not");
    }

    @Test
    void requireAgreement_knowsNothingOfWhatOlderVersionsDoNotTell() {
        nodes.seen("1", new Node("one", Set.of(tag("aa", true))));
        database.withHandle(handle -> handle.execute("update node set ring_keys = 'aa bb'"));
        keys.set(Set.of(tag("aa", true)));
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            heartbeat.requireAgreement();
        }
        keys.set(Set.of(tag("cc", true)));
        assertRefused(
                Set.of(tag("cc", true)), "this node would make tokens with the key cc, which the ring of one has not");
    }

    private void assertRefused(Set<RingKeyTag> ring, String conflict) {
        keys.set(ring);
        try (Heartbeat heartbeat = Heartbeat.start(nodes, keys::get, Set::of, schedule)) {
            assertThatThrownBy(heartbeat::requireAgreement)
                    .isInstanceOf(StorageException.class)
                    .hasMessage(
                            "The key rings of the nodes do not fit together: " + conflict
                                    + ". All nodes need the same ring.json; a node that has ended is forgotten after 10 seconds");
        }
    }

    private static Set<RingKeyTag> ring(String... ids) {
        return Arrays.stream(ids).map(id -> tag(id, false)).collect(Collectors.toSet());
    }

    private static RingKeyTag tag(String id, boolean active) {
        return new RingKeyTag(id, "f0", active);
    }

    private List<String> ids() {
        return database.withHandle(handle -> handle.createQuery("select id from node order by id")
                .mapTo(String.class)
                .list());
    }
}
