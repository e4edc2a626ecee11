package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.vertx.core.MultiMap;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The headers that say how a body is written: media type, charset and content coding (RFC 9110 section 8). Vert.x's parser of
 * media types is case-sensitive, and Netty's finds a charset in the middle of other parameters.
 */
public final class BodyFormat {

    /** The content coding that leaves a body as it is. */
    static final String IDENTITY = "identity";

    /** The details of a refusal because of a content coding. */
    public static final String NO_ENCODING = "a body must have no Content-Encoding";

    private BodyFormat() {}

    /** Whether the headers name a content coding other than identity. */
    static boolean isEncoded(MultiMap headers) {
        for (String list : headers.getAll("Content-Encoding")) {
            int start = 0;
            while (start <= list.length()) {
                int end = indexOf(list, ',', start);
                String coding = list.substring(start, end).strip();
                if (!coding.isEmpty() && !coding.equalsIgnoreCase(IDENTITY)) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    /**
     * Refuses a body with a content coding.
     *
     * @throws TokenException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE} if it has one other than identity
     */
    public static void checkNotEncoded(HttpCall call) {
        if (call.body().state() == HttpCall.Body.State.ENCODED) {
            throw TokenException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, NO_ENCODING);
        }
    }

    /**
     * Refuses a body of another media type, or that is not in UTF-8.
     *
     * @throws TokenException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE} if it is of another type or charset
     */
    public static void checkType(HttpCall call, String mediaType) {
        if (!isUtf8(call.contentType(), mediaType)) {
            throw TokenException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "a body must be " + mediaType + " in UTF-8");
        }
    }

    /** Whether a content type is this media type, without a charset or with UTF-8 or US-ASCII, a subset of it. */
    static boolean isUtf8(String contentType, String mediaType) {
        int end = indexOf(contentType, ';', 0);
        if (!contentType.substring(0, end).strip().equalsIgnoreCase(mediaType)) {
            return false;
        }
        while (end < contentType.length()) {
            int start = end + 1;
            end = endOfParameter(contentType, start);
            if (!isUtf8OrNoCharset(contentType.substring(start, end))) {
                return false;
            }
        }
        return true;
    }

    /** A semicolon in quotes belongs to the parameter's value. */
    private static int endOfParameter(String contentType, int start) {
        boolean quoted = false;
        for (int i = start; i < contentType.length(); i++) {
            switch (contentType.charAt(i)) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case ';' -> {
                    if (!quoted) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return contentType.length();
    }

    private static boolean isUtf8OrNoCharset(String parameter) {
        int equals = indexOf(parameter, '=', 0);
        if (!parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
            return true;
        }
        String name = unquoted(
                parameter.substring(Math.min(equals + 1, parameter.length())).strip());
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            // The charset is unknown to this JDK, or its name is malformed.
            return false;
        }
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The index of a character; the length of the text if it has none. */
    private static int indexOf(String text, char wanted, int start) {
        int index = text.indexOf(wanted, start);
        return index < 0 ? text.length() : index;
    }
}
