package io.playgrant.cluster;

import io.playgrant.cluster.Nodes.Node;
import java.time.Instant;

/**
 * A server that runs, or that ended without shutting down, by the database's clock.
 *
 * @param node the server and its keys
 * @param version the version of the program; empty if unknown, as for servers of versions that do not write it
 * @param startedAt when it started
 * @param seenAt when it last wrote its heartbeat
 * @param live whether that was within the last ten seconds
 */
public record ListedNode(Node node, String version, Instant startedAt, Instant seenAt, boolean live) {

    /** Its name for people. */
    public String name() {
        return node.name();
    }
}
