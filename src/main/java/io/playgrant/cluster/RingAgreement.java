package io.playgrant.cluster;

import io.playgrant.cluster.Nodes.Node;
import io.playgrant.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the key rings of nodes agree: each node must be able to open the tokens that the others issue. While keys are being added or
 * retired, the rings may differ in other keys.
 */
final class RingAgreement {

    static final String REMEDY =
            "All nodes need the same ring.json; a node that has ended is forgotten after 10 seconds";

    private RingAgreement() {}

    /**
     * Checks that the ring of a node agrees with those of others.
     *
     * @throws StorageException with a message that describes the problem
     */
    static void require(Set<RingKeyTag> ring, List<Node> others) {
        conflict(ring, others).ifPresent(conflict -> {
            throw new StorageException("The key rings of the nodes do not fit together: " + conflict + ". " + REMEDY);
        });
    }

    /** A description of the first conflict between a node and the others, if there is one. */
    static Optional<String> conflict(Set<RingKeyTag> ring, List<Node> others) {
        return others.stream().flatMap(other -> conflict(ring, other).stream()).findFirst();
    }

    private static Optional<String> conflict(Set<RingKeyTag> ring, Node other) {
        for (RingKeyTag key : ring) {
            for (RingKeyTag same : other.ring()) {
                if (key.id().equals(same.id()) && isOtherSecret(key, same)) {
                    return Optional.of(
                            "the key " + key.id() + " of this node's ring has another secret on " + other.name());
                }
            }
        }
        return lackedActive(other.ring(), ring)
                .map(id -> other.name() + " makes tokens with the key " + id + ", which this node's ring has not")
                .or(() -> lackedActive(ring, other.ring())
                        .map(id -> "this node would make tokens with the key " + id + ", which the ring of "
                                + other.name() + " has not"));
    }

    private static boolean isOtherSecret(RingKeyTag key, RingKeyTag same) {
        return !key.fingerprint().isEmpty()
                && !same.fingerprint().isEmpty()
                && !key.fingerprint().equals(same.fingerprint());
    }

    /** A key with which one node encrypts tokens and that another node lacks. */
    private static Optional<String> lackedActive(Set<RingKeyTag> maker, Set<RingKeyTag> opener) {
        return maker.stream()
                .filter(RingKeyTag::active)
                .map(RingKeyTag::id)
                .filter(id -> opener.stream().noneMatch(key -> key.id().equals(id)))
                .findFirst();
    }
}
