package io.playgrant.cluster;

import io.playgrant.cluster.Nodes.Node;
import io.playgrant.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the rings of nodes agree: each node must be able to open the tokens that the others issue, and the keys that they hold. While
 * keys are being added or retired, the rings may differ in other keys.
 */
final class RingAgreement {

    private static final Ring KEY_RING = new Ring("ring", "makes tokens", "would make tokens", "ring.json");
    private static final Ring STORAGE_RING =
            new Ring("storage ring", "holds keys", "would hold keys", "storage-ring.json");

    private RingAgreement() {}

    /**
     * A ring in messages.
     *
     * @param noun its name
     * @param use what a node does with the active key
     * @param wouldUse what this node would do with it
     * @param file its file
     */
    private record Ring(String noun, String use, String wouldUse, String file) {

        /** A conflict with its remedy. */
        String remedied(String conflict) {
            return conflict + ". All nodes need the same " + file
                    + "; a node that has ended is forgotten after 10 seconds";
        }
    }

    /**
     * Checks that the rings of a node agree with those of others.
     *
     * @throws StorageException with a message that describes the problem
     */
    static void require(Node self, List<Node> others) {
        conflict(self, others).ifPresent(conflict -> {
            throw new StorageException("The key rings of the nodes do not fit together: " + conflict);
        });
    }

    /** A description of the first conflict between a node and the others and its remedy, if there is one. */
    static Optional<String> conflict(Node self, List<Node> others) {
        return others.stream().flatMap(other -> conflict(self, other).stream()).findFirst();
    }

    /** A node without a storage ring holds no keys yet. Once keys are held, it does not start without one. */
    private static Optional<String> conflict(Node self, Node other) {
        Optional<String> ofKeyRing = conflict(KEY_RING, self.ring(), other.ring(), other.name());
        return ofKeyRing.isPresent()
                        || self.storage().isEmpty()
                        || other.storage().isEmpty()
                ? ofKeyRing
                : conflict(STORAGE_RING, self.storage(), other.storage(), other.name());
    }

    private static Optional<String> conflict(
            Ring kind, Set<RingKeyTag> ring, Set<RingKeyTag> otherRing, String otherName) {
        for (RingKeyTag key : ring) {
            for (RingKeyTag same : otherRing) {
                if (key.id().equals(same.id()) && isOtherSecret(key, same)) {
                    return Optional.of(kind.remedied("the key " + key.id() + " of this node's " + kind.noun()
                            + " has another secret on " + otherName));
                }
            }
        }
        return lackedActive(otherRing, ring)
                .map(id -> otherName + " " + kind.use() + " with the key " + id + ", which this node's " + kind.noun()
                        + " has not")
                .or(() -> lackedActive(ring, otherRing)
                        .map(id -> "this node " + kind.wouldUse() + " with the key " + id + ", which the " + kind.noun()
                                + " of " + otherName + " has not"))
                .map(kind::remedied);
    }

    private static boolean isOtherSecret(RingKeyTag key, RingKeyTag same) {
        return !key.fingerprint().isEmpty()
                && !same.fingerprint().isEmpty()
                && !key.fingerprint().equals(same.fingerprint());
    }

    /** A key that is the active one of one node and that another node lacks. */
    private static Optional<String> lackedActive(Set<RingKeyTag> maker, Set<RingKeyTag> opener) {
        return maker.stream()
                .filter(RingKeyTag::active)
                .map(RingKeyTag::id)
                .filter(id -> opener.stream().noneMatch(key -> key.id().equals(id)))
                .findFirst();
    }
}
