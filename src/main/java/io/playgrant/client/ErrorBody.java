package io.playgrant.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** The error body of a server that refuses a whole request: {@code {"code":…,"message":"…"}}. */
final class ErrorBody {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 500;

    private ErrorBody() {}

    /** The message, if the body has one, without characters that could control the terminal. */
    static Optional<String> message(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("message")) {
                    return Optional.ofNullable(parser.nextTextValue()).map(ErrorBody::printable);
                }
            }
        } catch (IOException e) {
            // Not a Playgrant server. The status has to do.
        }
        return Optional.empty();
    }

    private static String printable(String message) {
        return message.substring(0, Math.min(message.length(), LONGEST)).replaceAll("\\p{Cc}", "?");
    }
}
