package io.playgrant.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The style sheet, scripts and icon of the console. All are read at the start into a map by their URL, so no path of a request ever leads
 * to a file. A URL contains a digest of the content, so browsers may keep a file for ever.
 */
public final class StaticFiles {

    /** The path below which all of them are. */
    public static final String PATH = "/console/static/";

    private static final String STYLE = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int DIGEST_CHARACTERS = 12;

    private final Map<String, StaticFile> byUrl = new HashMap<>();
    private final Map<String, String> urls = new HashMap<>();

    /** Reads the files from the class path. */
    public StaticFiles() {
        add("icon", "icon.svg", "/console/static/icon.svg", "image/svg+xml");
        add("style", "console.css", "/console/static/console.css", STYLE);
        add("script", "console.js", "/console/static/console.js", SCRIPT);
        add("htmx", "htmx.js", WEBJARS + "htmx.org/2.0.8/dist/htmx.min.js", SCRIPT);
        add("chart", "uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js", SCRIPT);
        add("chartStyle", "uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css", STYLE);
    }

    /**
     * A file.
     *
     * @param type its content type
     * @param content its bytes, which nobody changes
     * @param etag its entity tag, with quotes
     */
    public record StaticFile(String type, byte[] content, String etag) {}

    /** The file at a path, if there is one. */
    public Optional<StaticFile> find(String path) {
        return Optional.ofNullable(byUrl.get(path));
    }

    /** The paths of all files. */
    public Set<String> paths() {
        return Set.copyOf(byUrl.keySet());
    }

    /** The path of a file by the name that templates use. */
    String url(String name) {
        return Objects.requireNonNull(urls.get(name), name);
    }

    /** The paths by the names that templates use. */
    Map<String, String> urls() {
        return Map.copyOf(urls);
    }

    private void add(String name, String fileName, String resource, String type) {
        byte[] content = read(resource);
        String digest = digest(content);
        int dot = fileName.lastIndexOf('.');
        String url = PATH + fileName.substring(0, dot) + "." + digest + fileName.substring(dot);
        byUrl.put(url, new StaticFile(type, content, "\"" + digest + "\""));
        urls.put(name, url);
    }

    private static byte[] read(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks the file " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }
}
