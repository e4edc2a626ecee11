package io.playgrant.token.sealing;

import io.playgrant.account.Environment;
import io.playgrant.cluster.RingKeyTag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The secrets that encrypt tokens. One per environment is used for minting, all of them for opening. Immutable. */
public final class KeyRing {

    private final Map<String, RingKey> keys;
    private final Map<Environment, RingKey> active;
    private final Set<RingKeyTag> tags;

    public KeyRing(Map<String, RingKey> keys, Map<Environment, RingKey> active) {
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        this.active = Map.copyOf(active);
        for (Environment environment : Environment.values()) {
            if (!active.containsKey(environment)) {
                throw new IllegalArgumentException("no active key for " + environment.label());
            }
        }
        this.tags = keys.values().stream()
                .map(key -> new RingKeyTag(key.id(), key.fingerprint(), active.containsValue(key)))
                .collect(Collectors.toUnmodifiableSet());
    }

    public RingKey active(Environment environment) {
        RingKey key = active.get(environment);
        if (key == null) {
            throw new IllegalStateException("no active key for " + environment.label());
        }
        return key;
    }

    public Optional<RingKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The ids of all keys. */
    public Set<String> ids() {
        return keys.keySet();
    }

    /** The ids of an environment's keys, in the order of the file. */
    public List<String> ids(Environment environment) {
        return keys.values().stream()
                .filter(key -> key.environment() == environment)
                .map(RingKey::id)
                .toList();
    }

    /** The id of the key that encrypts new tokens of an environment. */
    public String activeId(Environment environment) {
        return active(environment).id();
    }

    /** The environment of a key; empty if the ring has no such key. */
    public Optional<Environment> environmentOf(String id) {
        return find(id).map(RingKey::environment);
    }

    /** The number of keys of an environment. */
    public long size(Environment environment) {
        return keys.values().stream()
                .filter(key -> key.environment() == environment)
                .count();
    }

    /** The descriptions of the keys for other nodes. */
    public Set<RingKeyTag> tags() {
        return tags;
    }

    /** Only the key ids, with an asterisk after active keys. */
    @Override
    public String toString() {
        return keys.keySet().stream()
                .map(id ->
                        tags.stream().anyMatch(tag -> tag.active() && tag.id().equals(id)) ? id + "*" : id)
                .collect(Collectors.joining(", ", "KeyRing[", "]"));
    }
}
