package io.playgrant.cluster;

import io.playgrant.cluster.Nodes.Node;
import io.playgrant.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether nodes can serve together: each must be able to open the tokens that the others make. While keys are being added or retired, their
 * rings may differ in others.
 */
final class RingAgreement {

    static final String REMEDY =
            "All nodes need the same ring.json; a node that has ended is forgotten after 10 seconds";

    private RingAgreement() {}

    /**
     * Makes sure that a node can serve beside others.
     *
     * @throws StorageException with a sentence that says what is wrong
     */
    static void require(Set<RingKeyTag> ring, List<Node> others) {
        conflict(ring, others).ifPresent(conflict -> {
            throw new StorageException("The key rings of the nodes do not fit together: " + conflict + ". " + REMEDY);
        });
    }

    /** A sentence that says what is wrong between a node and others, if anything is. */
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

    /** A key that one makes tokens with and another cannot open them with. */
    private static Optional<String> lackedActive(Set<RingKeyTag> maker, Set<RingKeyTag> opener) {
        return maker.stream()
                .filter(RingKeyTag::active)
                .map(RingKeyTag::id)
                .filter(id -> opener.stream().noneMatch(key -> key.id().equals(id)))
                .findFirst();
    }
}
