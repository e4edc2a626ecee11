package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.vertx.core.MultiMap;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The headers that say how a body is written: media type, charset and content coding (RFC 9110 section 8). Vert.x's parser of media types
 * compares parameters by case, and Netty's looks for a charset in the middle of other parameters.
 */
public final class BodyFormat {

    /** The content coding that leaves a body as it is. */
    static final String IDENTITY = "identity";

    /** The details of a refusal because of a content coding. */
    public static final String NO_ENCODING = "a body must have no Content-Encoding";

    private BodyFormat() {}

    /** Whether a content coding is named that changes the body. */
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
     * Lets a body pass in which nothing has to be decoded.
     *
     * @throws TokenException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE} if it is in another content coding
     */
    public static void checkNotEncoded(HttpCall call) {
        if (call.body().state() == HttpCall.Body.State.ENCODED) {
            throw TokenException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, NO_ENCODING);
        }
    }

    /**
     * Lets a body pass that is of a media type, in UTF-8.
     *
     * @throws TokenException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE} if it is of another type or charset
     */
    public static void checkType(HttpCall call, String mediaType) {
        if (!isUtf8(call.contentType(), mediaType)) {
            throw TokenException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "a body must be " + mediaType + " in UTF-8");
        }
    }

    /** Whether a content type is a media type without a charset, or with one whose bytes mean in UTF-8 what they mean in it. */
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
            // No name, or no name of a charset that is known here.
            return false;
        }
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The end if it is not there. */
    private static int indexOf(String text, char wanted, int start) {
        int index = text.indexOf(wanted, start);
        return index < 0 ? text.length() : index;
    }
}
