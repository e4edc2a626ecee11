package io.playgrant.route.packager;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The dialects in which packagers ask for keys, and where. */
enum Dialect {
    /** Widevine Common Encryption: JSON in base64 in JSON. */
    WIDEVINE("POST"),
    /** CPIX, with or without SPEKE: a document that is answered filled in. */
    CPIX("POST"),
    /** A document of known keys. */
    CPIX_OF_CONTENT("GET"),
    /** The key of one stream, for nginx-vod-module. */
    NGINX_VOD("GET");

    private static final String BASE = "/packager/";

    private static final String CONTENT = BASE + "cpix/";

    private final String method;

    Dialect(String method) {
        this.method = method;
    }

    /** The dialect of a call; empty if there is none at this path, or not with this method. */
    static Optional<Dialect> of(String path, String method) {
        return Optional.ofNullable(at(path).get(method));
    }

    /** The name in metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The methods that a path has, in alphabetical order. */
    static List<String> methods(String path) {
        return at(path).keySet().stream().sorted().toList();
    }

    private static Map<String, Dialect> at(String path) {
        return switch (path.startsWith(BASE) ? path.substring(BASE.length()) : "") {
            case "widevine" -> Map.of(WIDEVINE.method, WIDEVINE);
            case "cpix" -> Map.of(CPIX.method, CPIX);
            case "nginx-vod" -> Map.of(NGINX_VOD.method, NGINX_VOD);
            default -> isContent(path) ? Map.of(CPIX_OF_CONTENT.method, CPIX_OF_CONTENT) : Map.of();
        };
    }

    /** The content id in the path of {@link #CPIX_OF_CONTENT}, percent-encoded. */
    static String contentId(String path) {
        return path.substring(CONTENT.length());
    }

    /** A content id may have slashes, percent-encoded. */
    private static boolean isContent(String path) {
        return path.startsWith(CONTENT) && path.length() > CONTENT.length() && path.indexOf('/', CONTENT.length()) < 0;
    }
}
