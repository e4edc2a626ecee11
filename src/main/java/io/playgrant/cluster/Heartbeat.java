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

/** Tells the database that this server lives and which keys it has, until it is closed. */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** Of so many looks, a second each, one writes although nothing changed: a server may miss two and still be live. */
    private static final int LOOKS_PER_BEAT = 3;

    private final Nodes nodes;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final String name;
    private final Supplier<Set<RingKeyTag>> ring;
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);
    private final Poller poller;
    private Set<RingKeyTag> told;
    private int looks;
    private boolean failing;

    private Heartbeat(Nodes nodes, String name, Supplier<Set<RingKeyTag>> ring, Schedule schedule) {
        this.nodes = nodes;
        this.name = name;
        this.ring = ring;
        this.told = ring.get();
        nodes.seen(id, new Node(name, told));
        this.poller = schedule.start("heartbeat", this::look);
    }

    /**
     * Starts to tell. The database knows of this server when this returns.
     *
     * @param ring the keys in the ring as it is now
     * @throws StorageException if the database is out of reach
     */
    public static Heartbeat start(Nodes nodes, Supplier<Set<RingKeyTag>> ring, Schedule schedule) {
        return new Heartbeat(nodes, hostName() + ":" + ProcessHandle.current().pid(), ring, schedule);
    }

    /**
     * Makes sure that this server and the others that live can open each other's tokens. Of two that start at the same time, one at least
     * sees the other.
     *
     * @throws StorageException with a sentence that says what is wrong, or if the database is out of reach
     */
    public void requireAgreement() {
        RingAgreement.require(ring.get(), nodes.liveBut(id));
    }

    private void look() {
        Set<RingKeyTag> keys = ring.get();
        looks++;
        if (looks < LOOKS_PER_BEAT && keys.equals(told)) {
            return;
        }
        try {
            tell(() -> nodes.seen(id, new Node(name, keys)));
            if (!keys.equals(told)) {
                tellOfConflict();
            }
            told = keys;
            looks = 0;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The database is not told that this server lives. {}", e.getMessage());
            }
            failing = true;
        }
    }

    /** It goes on nevertheless: tokens that were issued must be opened. */
    private void tellOfConflict() {
        database.ask(() -> RingAgreement.conflict(ring.get(), nodes.liveBut(id)))
                .ifPresent(conflict -> LOG.error(
                        "The key rings of the nodes do not fit together any more: {}. {}",
                        conflict,
                        RingAgreement.REMEDY));
    }

    private void tell(Runnable message) {
        database.ask(() -> {
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
            // It is forgotten all the same when it has not been seen for a while.
            LOG.warn("The database is not told that this server ends: {}", e.getMessage());
        }
    }
}
