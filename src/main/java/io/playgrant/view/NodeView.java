package io.playgrant.view;

import io.playgrant.cluster.ListedNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a server of the installation as JSON. */
public final class NodeView {

    private NodeView() {}

    /** The server as a JSON object, with the ids of the keys in its rings. */
    public static Map<String, @Nullable Object> json(ListedNode listed) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", listed.name());
        json.put("live", listed.live());
        json.put("version", listed.version().isEmpty() ? null : listed.version());
        json.put("startedAt", listed.startedAt().toString());
        json.put("seenAt", listed.seenAt().toString());
        json.put("ringKeys", List.copyOf(listed.node().ringKeys()));
        json.put("storageKeys", List.copyOf(listed.node().storageKeys()));
        return json;
    }
}
