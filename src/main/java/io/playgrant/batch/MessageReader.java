package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON messages (RFC 8259) as {@code docs/token-message.schema.json} describes them.
 *
 * <p>What breaks the form of the message itself ends in a {@link MessageException}; what breaks that of one request in a batch makes
 * this one {@link Item} a refusal.
 */
public final class MessageReader {

    /** The largest message, in bytes. */
    public static final int LARGEST_MESSAGE = 1024 * 1024;

    /** The most requests in a message. */
    public static final int MOST_REQUESTS = 1_000;

    /** The longest id, in characters. */
    public static final int LONGEST_ID = 128;

    private static final String AUTHENTICATOR = "customerAuthenticator";
    private static final String REPEATABLE = "wvExtension";
    private static final int MOST_PARAMETERS = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final @Nullable String authenticator;

    /**
     * A reader.
     *
     * @param authenticator the authenticator of requests that bring none
     */
    public MessageReader(Optional<String> authenticator) {
        this.authenticator = authenticator.orElse(null);
    }

    /**
     * Reads a message: a single request or a batch.
     *
     * @param json UTF-8
     * @throws MessageException if it is neither
     */
    public TokenMessage read(byte[] json) {
        if (json.length > LARGEST_MESSAGE) {
            throw new MessageException(null, "a message has at most " + LARGEST_MESSAGE + " bytes");
        }
        Draft draft = parse(json);
        return draft.requests == null ? single(draft, Map.of()) : batch(draft);
    }

    /**
     * Reads a message that must be a single request, such as a line of a file.
     *
     * @param json UTF-8
     * @throws MessageException if it is not one
     */
    public Item readSingle(byte[] json) {
        return readSingle(json, Map.of());
    }

    /**
     * The same, with parameters that a request has unless it brings its own.
     *
     * @param json UTF-8
     * @param defaults values by the names of parameters
     * @throws MessageException if it is not a single request
     */
    Item readSingle(byte[] json, Map<String, List<String>> defaults) {
        Draft draft = parse(json);
        if (draft.requests != null) {
            throw new MessageException(draft.id, "a batch cannot stand here, only single requests");
        }
        return single(draft, defaults).items().get(0);
    }

    private static Draft parse(byte[] json) {
        Draft draft = new Draft();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MessageException(null, "a message is a JSON object");
            }
            draft.read(parser, true);
            if (parser.nextToken() != null) {
                draft.note("something follows the message's object");
            }
        } catch (IOException e) {
            // Jackson's own words may quote the message.
            throw new MessageException(draft.id, "the message is not JSON in UTF-8, or too deeply nested");
        }
        return draft;
    }

    private TokenMessage single(Draft draft, Map<String, List<String>> defaults) {
        if (draft.defaults != null) {
            draft.note("defaults belong to a batch, beside requests");
        }
        String id = draft.checkedId();
        return new TokenMessage(id, false, List.of(Item.of(id, complete(draft.parametersOrEmpty(), defaults))));
    }

    private TokenMessage batch(Draft draft) {
        if (draft.parameters != null) {
            draft.note("a message has either parameters or requests");
        }
        String id = draft.checkedId();
        Map<String, List<String>> defaults = draft.defaults == null ? Map.of() : draft.defaults;
        Set<String> seen = new HashSet<>();
        List<Item> items = new ArrayList<>();
        for (Draft request : draft.requestsOrEmpty()) {
            items.add(item(request, defaults, seen));
        }
        return new TokenMessage(id, true, items);
    }

    private Item item(Draft request, Map<String, List<String>> defaults, Set<String> seen) {
        try {
            String id = request.checkedId();
            if (!seen.add(id)) {
                throw new MessageException(id, "an earlier request of this batch has the same id");
            }
            return Item.of(id, complete(request.parametersOrEmpty(), defaults));
        } catch (MessageException e) {
            return Item.refused(e.id().orElse(null), TokenException.of(ErrorCode.BAD_REQUEST, e.reason()));
        }
    }

    /** A request's own parameters go before the defaults. */
    private Parameters complete(Map<String, List<String>> own, Map<String, List<String>> defaults) {
        Parameters parameters = new Parameters();
        own.forEach((name, values) -> values.forEach(value -> parameters.add(name, value)));
        defaults.forEach((name, values) -> {
            if (!own.containsKey(name)) {
                values.forEach(value -> parameters.add(name, value));
            }
        });
        if (authenticator != null && parameters.get(AUTHENTICATOR).isAbsent()) {
            parameters.add(AUTHENTICATOR, authenticator);
        }
        return parameters;
    }

    /** What has been read of a message or of a request in it, and the first thing that is wrong with it. */
    private static final class Draft {

        private @Nullable String id;
        private @Nullable Map<String, List<String>> parameters;
        private @Nullable Map<String, List<String>> defaults;
        private @Nullable List<Draft> requests;
        private @Nullable String mistake;

        void note(String what) {
            if (mistake == null) {
                mistake = what;
            }
        }

        String checkedId() {
            if (mistake == null && id == null) {
                note("id is missing");
            }
            if (mistake == null && parameters == null && requests == null) {
                note("parameters are missing");
            }
            if (mistake != null || id == null) {
                throw new MessageException(id, String.valueOf(mistake));
            }
            return id;
        }

        Map<String, List<String>> parametersOrEmpty() {
            return parameters == null ? Map.of() : parameters;
        }

        List<Draft> requestsOrEmpty() {
            return requests == null ? List.of() : requests;
        }

        /** Reads the members of an object that has begun. What is wrong is noted, and reading goes on: the id may come yet. */
        void read(JsonParser parser, boolean isMessage) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "id" -> readId(parser, value);
                    case "parameters" -> parameters = readParameters(parser, value, name, parameters);
                    case "defaults" ->
                        defaults = isMessage
                                ? readParameters(parser, value, name, defaults)
                                : readForeign(parser, defaults);
                    case "requests" ->
                        requests = isMessage ? readRequests(parser, value) : readForeign(parser, requests);
                    default -> readForeign(parser, null);
                }
            }
        }

        private <T> @Nullable T readForeign(JsonParser parser, @Nullable T before) throws IOException {
            note("there is a member that is not known here; known are id and parameters, or id, defaults and requests");
            parser.skipChildren();
            return before;
        }

        private void readId(JsonParser parser, JsonToken value) throws IOException {
            String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            if (id != null) {
                note("id is given twice");
            } else if (!isId(text)) {
                note("id must be a string of 1 to " + LONGEST_ID + " characters without control characters");
            } else {
                id = text;
            }
        }

        private @Nullable Map<String, List<String>> readParameters(
                JsonParser parser, JsonToken start, String member, @Nullable Map<String, List<String>> before)
                throws IOException {
            if (before != null) {
                note(member + " is given twice");
            }
            if (start != JsonToken.START_OBJECT) {
                note(member + " must be an object");
                parser.skipChildren();
                return before;
            }
            Map<String, List<String>> read = new LinkedHashMap<>();
            int count = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                List<String> values = read.computeIfAbsent(name, n -> new ArrayList<>(1));
                readValues(parser, parser.nextToken(), name, values);
                count++;
            }
            if (count > MOST_PARAMETERS) {
                note(member + " has more than " + MOST_PARAMETERS + " members");
            }
            return read;
        }

        private void readValues(JsonParser parser, JsonToken value, String name, List<String> values)
                throws IOException {
            if (value != JsonToken.START_ARRAY || !name.equals(REPEATABLE)) {
                readValue(parser, value, values);
                return;
            }
            while (true) {
                JsonToken element = parser.nextToken();
                if (element == JsonToken.END_ARRAY) {
                    return;
                }
                readValue(parser, element, values);
            }
        }

        private void readValue(JsonParser parser, JsonToken value, List<String> values) throws IOException {
            switch (value) {
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> values.add(parser.getText());
                default -> {
                    note("a parameter must be a string, an integer or a boolean; only " + REPEATABLE
                            + " may be an array, of strings");
                    parser.skipChildren();
                }
            }
        }

        private @Nullable List<Draft> readRequests(JsonParser parser, JsonToken start) throws IOException {
            if (requests != null) {
                note("requests is given twice");
            }
            if (start != JsonToken.START_ARRAY) {
                note("requests must be an array");
                parser.skipChildren();
                return new ArrayList<>();
            }
            List<Draft> read = new ArrayList<>();
            JsonToken element = parser.nextToken();
            while (element != JsonToken.END_ARRAY) {
                Draft request = new Draft();
                if (element == JsonToken.START_OBJECT) {
                    request.read(parser, false);
                } else {
                    request.note("a request is an object with id and parameters");
                    parser.skipChildren();
                }
                if (read.size() <= MOST_REQUESTS) {
                    read.add(request);
                }
                element = parser.nextToken();
            }
            if (read.isEmpty() || read.size() > MOST_REQUESTS) {
                note("requests must have 1 to " + MOST_REQUESTS + " elements");
            }
            return read;
        }
    }

    /** Whether this may be the id of a message or a request. */
    static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_ID && text.chars().noneMatch(Character::isISOControl);
    }
}
