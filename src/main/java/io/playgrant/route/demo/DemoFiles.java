package io.playgrant.route.demo;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.http.AdmittedCall;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The files of the page, which are in the jar. Players ask for parts of the clip's tracks, so ranges are answered. */
final class DemoFiles {

    /** Where the page is. */
    static final String PATH = "/demo/";

    private static final String PAGE = "index.html";

    /** All files and their types. Nothing else in the jar can be asked for. */
    private static final Map<String, String> TYPES = Map.of(
            PAGE,
            "text/html; charset=utf-8",
            "demo.css",
            "text/css; charset=utf-8",
            "demo.js",
            "text/javascript; charset=utf-8",
            "player.js",
            "text/javascript; charset=utf-8",
            "icon.svg",
            "image/svg+xml",
            "clip/clip.mpd",
            "application/dash+xml",
            "clip/video.mp4",
            "video/mp4",
            "clip/audio.mp4",
            "audio/mp4");

    /** The page loads nothing from elsewhere. A video that is fed by a script has a blob: URL. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** One range (RFC 9110 section 14.1.2). The others are ignored, as they may be. */
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,9})-([0-9]{0,9})");

    private static final int PARTIAL_CONTENT = 206;
    private static final int PERMANENT_REDIRECT = 308;

    private final Map<String, byte[]> contents = new HashMap<>();

    DemoFiles() {
        TYPES.keySet().forEach(name -> contents.put(name, read(name)));
    }

    private static byte[] read(String name) {
        try (InputStream in = DemoFiles.class.getResourceAsStream(PATH + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks the file " + name + " of the demo");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with a file, or a part of it. */
    void answer(Exchange exchange) {
        String path = RequestContext.of(exchange, DemoCall.class).path();
        Message message = exchange.getMessage();
        if (!path.startsWith(PATH)) {
            message.setHeader("Location", PATH);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, PERMANENT_REDIRECT);
            message.setBody("");
            return;
        }
        String name = path.equals(PATH) ? PAGE : path.substring(PATH.length());
        byte[] content = contents.get(name);
        if (content == null) {
            throw TokenException.of(ErrorCode.NOT_FOUND, "the demo is at " + PATH);
        }
        message.setHeader("Content-Type", TYPES.get(name));
        HttpServerResponse response = AdmittedCall.of(exchange)
                .context()
                .response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Accept-Ranges", "bytes");
        Range range = Range.of(AdmittedCall.of(exchange).context().request().getHeader("Range"), content.length);
        if (range != null) {
            response.putHeader("Content-Range", "bytes " + range.first + "-" + range.last + "/" + content.length);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, PARTIAL_CONTENT);
            content = Arrays.copyOfRange(content, range.first, range.last + 1);
        }
        message.setBody(content);
    }

    /**
     * A part of a file.
     *
     * @param first the first byte
     * @param last the last byte
     */
    private record Range(int first, int last) {

        /** The part that a header asks for; null for the whole. */
        static @Nullable Range of(@Nullable String header, int length) {
            Matcher matcher = RANGE.matcher(header == null ? "" : header);
            if (!matcher.matches()) {
                return null;
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2).isEmpty() ? length - 1 : Integer.parseInt(matcher.group(2));
            return first <= last && first < length ? new Range(first, Math.min(last, length - 1)) : null;
        }
    }
}
