package io.playgrant.cluster;

import io.playgrant.storage.Database;
import io.playgrant.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The running servers, as registered in the database. All times are the database's, so the clocks of servers need not agree. */
public final class Nodes {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Database database;

    /** The version that a server writes to its row. */
    private final String version;

    /** The servers of a database. */
    public Nodes(Database database) {
        this(database, programVersion());
    }

    Nodes(Database database, String version) {
        this.database = database;
        this.version = version;
    }

    private static String programVersion() {
        String version = Nodes.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /**
     * A server.
     *
     * @param name its name for people
     * @param ring the keys in its key ring
     * @param storage the keys in its storage ring; empty if it has none
     */
    public record Node(String name, Set<RingKeyTag> ring, Set<RingKeyTag> storage) {

        /** A server without a storage ring. */
        public Node(String name, Set<RingKeyTag> ring) {
            this(name, ring, Set.of());
        }

        /** The ids of the keys in its storage ring. */
        public Set<String> storageKeys() {
            return storage.stream().map(RingKeyTag::id).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether it wraps new held keys with a key. */
        public boolean wrapsWith(String id) {
            return storage.stream().anyMatch(tag -> tag.active() && tag.id().equals(id));
        }

        /** The ids of the keys in its ring. */
        public Set<String> ringKeys() {
            return ring.stream().map(RingKeyTag::id).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * The servers with a heartbeat within the last ten seconds, by name.
     *
     * @throws StorageException if the database is unreachable
     */
    public List<Node> live() {
        return liveBut("");
    }

    /**
     * The servers with a heartbeat within the last day, the newest start first: those that run, and those that ended without shutting down.
     *
     * @throws StorageException if the database is unreachable
     */
    public List<ListedNode> listed() {
        return database.withHandle(handle -> handle.createQuery("""
                        select name, version, started_at, seen_at, ring_keys, storage_keys,
                               seen_at > current_timestamp - interval '10' second as live
                          from node
                         where seen_at > current_timestamp - interval '1' day
                         order by started_at desc, name
                        """)
                .map((row, context) -> new ListedNode(
                        node(row),
                        row.getString("version"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("live")))
                .list());
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                row.getString("name"),
                RingKeyTag.split(row.getString("ring_keys")),
                RingKeyTag.split(row.getString("storage_keys")));
    }

    /**
     * The running servers except one.
     *
     * @param id the unique id of that server
     */
    List<Node> liveBut(String id) {
        return database.withHandle(handle -> handle.createQuery("""
                        select name, ring_keys, storage_keys from node
                         where seen_at > current_timestamp - interval '10' second and id <> :id
                         order by name
                        """)
                .bind("id", id)
                .map((row, context) -> node(row))
                .list());
    }

    /**
     * Checks that the running servers can open tokens that are encrypted with the keys of a ring, and held keys.
     *
     * @throws StorageException with a message that describes the problem, or if the database is unreachable
     */
    public void requireAgreement(Set<RingKeyTag> ring, Set<RingKeyTag> storage) {
        RingAgreement.require(new Node("", ring, storage), live());
    }

    /** Whether all running servers that have a storage ring wrap new held keys with the same key. */
    public boolean allWrapWith(String id) {
        return live().stream().allMatch(node -> node.storage().isEmpty() || node.wrapsWith(id));
    }

    /**
     * Waits until all running servers have a key in their rings.
     *
     * @param ring the ids of the keys in the ring of a node
     * @param timeout how long to wait
     * @return the servers that do not have it yet; empty if all do
     * @throws StorageException if the database is unreachable
     */
    public List<Node> awaitRingKey(String id, Function<Node, Set<String>> ring, Duration timeout)
            throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            List<Node> lacking = live().stream()
                    .filter(node -> !ring.apply(node).contains(id))
                    .toList();
            if (lacking.isEmpty() || System.nanoTime() - start >= timeout.toNanos()) {
                return lacking;
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /**
     * Writes the heartbeat of a server.
     *
     * @param id its unique id, at most 32 characters
     * @throws StorageException if the database is unreachable
     */
    void seen(String id, Node node) {
        database.inTransaction(handle -> {
            int known = handle.createUpdate(
                            "update node set seen_at = current_timestamp, ring_keys = :keys, storage_keys = :storage where id = :id")
                    .bind("id", id)
                    .bind("keys", RingKeyTag.join(node.ring()))
                    .bind("storage", RingKeyTag.join(node.storage()))
                    .execute();
            return known != 0
                    ? known
                    : handle.createUpdate("""
                            insert into node (id, name, version, started_at, seen_at, ring_keys, storage_keys)
                            values (:id, :name, :version, current_timestamp, current_timestamp, :keys, :storage)
                            """)
                            .bind("id", id)
                            .bind("name", node.name())
                            .bind("version", version)
                            .bind("keys", RingKeyTag.join(node.ring()))
                            .bind("storage", RingKeyTag.join(node.storage()))
                            .execute();
        });
    }

    /**
     * Removes a server that has shut down, and servers that ended without removing themselves.
     *
     * @throws StorageException if the database is unreachable
     */
    void gone(String id) {
        database.inTransaction(handle -> handle.createUpdate(
                        "delete from node where id = :id or seen_at < current_timestamp - interval '1' day")
                .bind("id", id)
                .execute());
    }
}
