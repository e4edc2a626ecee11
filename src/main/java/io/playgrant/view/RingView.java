package io.playgrant.view;

import io.playgrant.account.Environment;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.token.sealing.KeyRing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Shows the key ring as JSON or as a table, without secrets. */
public final class RingView {

    private static final String STORAGE_ROW = "%-17s %-14s %s\n";
    private static final String ROW = "%-12s %-17s %s\n";

    private RingView() {}

    /** The keys of each environment, and which of them is active. */
    public static Map<String, Object> json(KeyRing ring) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Environment environment : Environment.values()) {
            json.put(environment.label(), section(ring, environment));
        }
        return json;
    }

    /** The keys of an environment, and which of them is active. */
    public static Map<String, Object> section(KeyRing ring, Environment environment) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("active", ring.activeId(environment));
        section.put("keys", ring.ids(environment));
        return section;
    }

    /** Both rings; the storage ring only if there is one. */
    public static Map<String, Object> all(KeyRing ring, Optional<StorageRing> storage, ToLongFunction<String> held) {
        Map<String, Object> json = json(ring);
        storage.ifPresent(one -> json.putAll(json(one, held)));
        return json;
    }

    /** The keys of each environment as a table. */
    public static String text(KeyRing ring) {
        StringBuilder table = new StringBuilder(ROW.formatted("ENVIRONMENT", "KEY", "TOKENS"));
        for (Environment environment : Environment.values()) {
            for (String key : ring.ids(environment)) {
                boolean active = key.equals(ring.activeId(environment));
                table.append(ROW.formatted(environment.label(), key, active ? "made and opened" : "opened"));
            }
        }
        return table.toString();
    }

    /** The keys of the storage ring, which of them is active, and how many held keys each wraps. */
    public static Map<String, Object> json(StorageRing ring, ToLongFunction<String> held) {
        return Map.of("storage", section(ring, held));
    }

    /** The keys of the storage ring, without its name. */
    public static Map<String, Object> section(StorageRing ring, ToLongFunction<String> held) {
        Map<String, Long> counts = new LinkedHashMap<>();
        ring.ids().forEach(id -> counts.put(id, held.applyAsLong(id)));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("active", ring.activeId());
        section.put("keys", ring.ids());
        section.put("held", counts);
        return section;
    }

    /** The keys of the storage ring as a table. */
    public static String text(StorageRing ring, ToLongFunction<String> held) {
        StringBuilder table = new StringBuilder(STORAGE_ROW.formatted("KEY", "NEW HELD KEYS", "HELD KEYS"));
        for (String id : ring.ids()) {
            table.append(STORAGE_ROW.formatted(id, id.equals(ring.activeId()) ? "wrapped" : "-", held.applyAsLong(id)));
        }
        return table.toString();
    }

    /** The result of a command that changed a key of the storage ring. */
    public static Map<String, Object> storageJson(String key, String done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ring", "storage");
        json.put("key", key);
        json.put("done", done);
        return json;
    }

    /** The result of a command that changed a key. */
    public static Map<String, Object> keyJson(Environment environment, String key, String done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", environment.label());
        json.put("key", key);
        json.put("done", done);
        return json;
    }
}
