package io.playgrant.cluster;

import io.playgrant.cluster.Nodes.Node;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers this server and its keys in the database, and renews the registration until it is closed. */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** Writes at every third poll, one second apart, even if nothing changed: a server may miss two writes and still counts as running. */
    private static final int POLLS_PER_BEAT = 3;

    private final Nodes nodes;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final String name;
    private final Supplier<Set<RingKeyTag>> ring;
    private final Supplier<Set<RingKeyTag>> storage;
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);
    private final Poller poller;
    private Node registered;
    private int polls;
    private boolean failing;

    private Heartbeat(
            Nodes nodes,
            String name,
            Supplier<Set<RingKeyTag>> ring,
            Supplier<Set<RingKeyTag>> storage,
            Schedule schedule) {
        this.nodes = nodes;
        this.name = name;
        this.ring = ring;
        this.storage = storage;
        this.registered = self();
        nodes.seen(id, registered);
        this.poller = schedule.start("heartbeat", this::poll);
    }

    /**
     * Registers this server, and starts the heartbeat.
     *
     * @param ring supplies the keys in the current key ring
     * @param storage supplies the keys in the current storage ring
     * @throws StorageException if the database is unreachable
     */
    public static Heartbeat start(
            Nodes nodes, Supplier<Set<RingKeyTag>> ring, Supplier<Set<RingKeyTag>> storage, Schedule schedule) {
        return new Heartbeat(nodes, hostName() + ":" + ProcessHandle.current().pid(), ring, storage, schedule);
    }

    private Node self() {
        return new Node(name, ring.get(), storage.get());
    }

    /**
     * Checks that this server and the other running servers can open each other's tokens. If two servers start at the same time, at least one
     * of them sees the other.
     *
     * @throws StorageException with a message that describes the problem, or if the database is unreachable
     */
    public void requireAgreement() {
        RingAgreement.require(self(), nodes.liveBut(id));
    }

    private void poll() {
        Node self = self();
        polls++;
        if (polls < POLLS_PER_BEAT && self.equals(registered)) {
            return;
        }
        try {
            tell(() -> nodes.seen(id, self));
            if (!self.equals(registered)) {
                tellOfConflict();
            }
            registered = self;
            polls = 0;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The heartbeat of this server cannot be written. {}", e.getMessage());
            }
            failing = true;
        }
    }

    /** Logs a conflict, but does not stop the server, which must still open issued tokens. */
    private void tellOfConflict() {
        database.call(() -> RingAgreement.conflict(self(), nodes.liveBut(id)))
                .ifPresent(
                        conflict -> LOG.error("The key rings of the nodes do not fit together any more: {}", conflict));
    }

    private void tell(Runnable message) {
        database.call(() -> {
            message.run();
            return id;
        });
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        poller.close();
        try {
            tell(() -> nodes.gone(id));
        } catch (RuntimeException e) {
            // Other servers ignore it anyway when its heartbeat is ten seconds old.
            LOG.warn("The end of this server cannot be written to the database: {}", e.getMessage());
        }
    }
}
