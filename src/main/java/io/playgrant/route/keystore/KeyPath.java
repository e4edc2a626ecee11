package io.playgrant.route.keystore;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A path of the key storage (protocol section 6).
 *
 * @param kids the key ids in it as they were sent: split at commas before anything is decoded
 * @param operations what can be done there, by method; none if there is nothing
 */
record KeyPath(List<String> kids, Map<String, KeyOperation> operations) {

    private static final String BASE = "/keystore/";

    /** Reads a path, which may have one slash more at its end. */
    static KeyPath of(String path) {
        String[] parts = path.replaceFirst("/$", "").split("/", -1);
        if (!path.startsWith(BASE) || parts.length < 3 || parts.length > 5) {
            return new KeyPath(List.of(), Map.of());
        }
        List<String> kids = parts.length > 3 ? Arrays.asList(parts[3].split(",", -1)) : List.of();
        return new KeyPath(kids, operations(parts, kids.size()));
    }

    /** The methods that the path has, in alphabetical order. */
    List<String> methods() {
        return operations.keySet().stream().sorted().toList();
    }

    private static Map<String, KeyOperation> operations(String[] parts, int kids) {
        if (parts[2].equals("keycount")) {
            return parts.length == 3 ? Map.of("GET", KeyOperation.COUNT) : Map.of();
        }
        if (!parts[2].equals("keys")) {
            return Map.of();
        }
        return switch (parts.length) {
            case 3 -> Map.of("GET", KeyOperation.LIST, "POST", KeyOperation.CREATE);
            case 4 ->
                kids == 1
                        ? Map.of("GET", KeyOperation.READ, "PUT", KeyOperation.UPDATE, "DELETE", KeyOperation.DELETE)
                        : Map.of("GET", KeyOperation.READ);
            default -> parts[4].equals("value") ? Map.of("GET", KeyOperation.READ_VALUES) : Map.of();
        };
    }
}
