package io.playgrant.token;

import io.playgrant.account.Environment;
import java.util.Map;
import java.util.Optional;

/** The secrets that tokens are protected with: one per environment mints, all of them open. Immutable. */
public final class KeyRing {

    private final Map<String, RingKey> keys;
    private final Map<Environment, RingKey> active;

    KeyRing(Map<String, RingKey> keys, Map<Environment, RingKey> active) {
        this.keys = Map.copyOf(keys);
        this.active = Map.copyOf(active);
        for (Environment environment : Environment.values()) {
            if (!active.containsKey(environment)) {
                throw new IllegalArgumentException("no active key for " + environment.label());
            }
        }
    }

    RingKey active(Environment environment) {
        RingKey key = active.get(environment);
        if (key == null) {
            throw new IllegalStateException("no active key for " + environment.label());
        }
        return key;
    }

    Optional<RingKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The key ids only. */
    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
