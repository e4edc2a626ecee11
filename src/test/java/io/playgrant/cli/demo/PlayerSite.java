package io.playgrant.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A site whose page plays {@code /clip/clip.mpd} with Shaka Player.
 *
 * @param server serves it
 */
public record PlayerSite(HttpServer server) implements AutoCloseable {

    /** The player, which {@code ./verify} puts there if it finds npm. */
    static final Path PLAYER =
            Path.of("target", "browser", "node_modules", "shaka-player", "dist", "shaka-player.compiled.js");

    private static final Path PAGE = Path.of("src", "test", "browser", "shaka.html");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    /** Starts a site, on which a handler answers for the files below {@code /clip/}. */
    static PlayerSite start(HttpHandler clip) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, 200, "text/html", Files.readAllBytes(PAGE)));
        server.createContext(
                "/shaka-player.js", exchange -> answer(exchange, 200, "text/javascript", Files.readAllBytes(PLAYER)));
        server.createContext("/clip/", clip);
        server.start();
        return new PlayerSite(server);
    }

    /** Starts a site with the files of a folder. */
    public static PlayerSite ofFolder(Path folder) throws IOException {
        return start(exchange -> answerFile(exchange, folder));
    }

    /** A player asks for parts of files. */
    private static void answerFile(HttpExchange exchange, Path folder) throws IOException {
        String name = Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
        String type = name.endsWith(".mpd") ? "application/dash+xml" : "video/mp4";
        Matcher range =
                RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "r")) {
            long first = range.matches() ? Long.parseLong(range.group(1)) : 0;
            long last = range.matches() && !range.group(2).isEmpty()
                    ? Math.min(Long.parseLong(range.group(2)), file.length() - 1)
                    : file.length() - 1;
            byte[] content = new byte[(int) (last - first + 1)];
            file.seek(first);
            file.readFully(content);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + file.length());
            answer(exchange, range.matches() ? 206 : 200, type, content);
        }
    }

    /** Answers with content. */
    static void answer(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    /** The URL of the page. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
