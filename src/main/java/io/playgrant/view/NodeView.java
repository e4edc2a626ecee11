package io.playgrant.view;

import io.playgrant.cluster.Nodes.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows a server of the installation as JSON. */
public final class NodeView {

    private NodeView() {}

    /** The server as a JSON object, with the ids of the keys in its rings. */
    public static Map<String, Object> json(Node node) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", node.name());
        json.put("ringKeys", List.copyOf(node.ringKeys()));
        json.put("storageKeys", List.copyOf(node.storageKeys()));
        return json;
    }
}
