package io.playgrant.keystore.held;

import io.playgrant.cluster.RingKeyTag;
import io.playgrant.contentkey.Kek;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys that wrap held keys. One of them wraps new keys, all of them open. Immutable. */
public final class StorageRing {

    private final Map<String, Kek> keys;
    private final String activeId;
    private final Set<RingKeyTag> tags;

    /**
     * A ring.
     *
     * @param keys the keys by their ids
     * @param fingerprints what identifies each key without revealing it
     * @param activeId the id of the key that wraps new keys
     */
    StorageRing(Map<String, Kek> keys, Map<String, String> fingerprints, String activeId) {
        if (!keys.containsKey(activeId)) {
            throw new IllegalArgumentException("the active key is not in the ring");
        }
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        this.activeId = activeId;
        this.tags = keys.keySet().stream()
                .map(id -> new RingKeyTag(id, fingerprints.getOrDefault(id, ""), id.equals(activeId)))
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<Kek> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The ids of all keys, in the order of the file. */
    public List<String> ids() {
        return List.copyOf(keys.keySet());
    }

    /** The id of the key that wraps new keys. */
    public String activeId() {
        return activeId;
    }

    /** The descriptions of the keys for other nodes. */
    public Set<RingKeyTag> tags() {
        return tags;
    }

    /** Only the key ids, with an asterisk after the active key. */
    @Override
    public String toString() {
        return keys.keySet().stream()
                .map(id -> id.equals(activeId) ? id + "*" : id)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
