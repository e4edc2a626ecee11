package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as JSON lines. */
public final class JsonResults implements ResultFormat {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] header() {
        return new byte[0];
    }

    @Override
    public void write(List<TokenResult> results, OutputStream out) throws IOException {
        for (TokenResult result : results) {
            out.write(ResultWriter.write(result));
            out.write('\n');
        }
    }

    @Override
    public TokenResult read(byte[] line) {
        MessageParser draft = new MessageParser();
        try (JsonParser parser = JSON.createParser(line)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                draft.readMember(parser);
            }
            if (!isObject || parser.nextToken() != null) {
                throw notAResult();
            }
        } catch (IOException e) {
            // Jackson's message may quote the line.
            throw notAResult();
        }
        return draft.result();
    }

    private static MessageException notAResult() {
        return new MessageException(null, "the line is not a result");
    }

    private static final class MessageParser {

        private @Nullable String id;
        private @Nullable String licenseUrl;
        private @Nullable ErrorMessage error;

        void readMember(JsonParser parser) throws IOException {
            switch (parser.currentName()) {
                case "id" -> id = parser.nextTextValue();
                case "licenseUrl" -> licenseUrl = parser.nextTextValue();
                case "error" -> error = readError(parser);
                default -> parser.nextToken();
            }
            parser.skipChildren();
        }

        private static @Nullable ErrorMessage readError(JsonParser parser) throws IOException {
            int code = 0;
            String message = null;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                switch (parser.currentName()) {
                    case "code" -> code = parser.nextIntValue(0);
                    case "message" -> message = parser.nextTextValue();
                    default -> parser.nextToken();
                }
                parser.skipChildren();
            }
            return code == 0 || message == null ? null : new ErrorMessage(code, message);
        }

        TokenResult result() {
            if ((licenseUrl == null) == (error == null)) {
                throw notAResult();
            }
            return new TokenResult(id, licenseUrl, error);
        }
    }
}
