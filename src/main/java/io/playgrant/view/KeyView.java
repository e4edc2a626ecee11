package io.playgrant.view;

import io.playgrant.keystore.KeyObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a stored key as JSON. */
public final class KeyView {

    private KeyView() {}

    /** The key as a JSON object, with the names of {@link KeyObject}. Members that it does not have are omitted. */
    public static Map<String, Object> json(KeyObject key) {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, "kid", key.kid());
        put(json, "k", key.k());
        put(json, "ek", key.ek());
        put(json, "kekId", key.kekId());
        put(json, "info", key.info());
        put(json, "contentId", key.contentId());
        put(json, "expiration", key.expiration());
        put(json, "lastUpdate", key.lastUpdate());
        put(json, "held", key.held());
        put(json, "trackType", key.trackType());
        return json;
    }

    /** The key without its value in clear. */
    public static KeyObject masked(KeyObject key) {
        return new KeyObject(
                key.kid(),
                null,
                key.ek(),
                key.kekId(),
                key.info(),
                key.contentId(),
                key.expiration(),
                key.lastUpdate(),
                key.held(),
                key.trackType());
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
