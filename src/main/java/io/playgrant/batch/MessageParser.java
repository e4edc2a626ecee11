package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playgrant.batch.row.MessageException;
import io.playgrant.token.ParameterNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parsed part of a message, or of a request in it, and its first error. */
final class MessageParser {

    private static final String REPEATABLE = "wvExtension";
    private static final int MOST_PARAMETERS = 200;

    private @Nullable String id;
    private @Nullable Map<String, List<String>> parameters;
    private @Nullable Map<String, List<String>> defaults;
    private @Nullable List<MessageParser> requests;
    private @Nullable String mistake;

    @Nullable
    String id() {
        return id;
    }

    boolean hasParameters() {
        return parameters != null;
    }

    boolean hasDefaults() {
        return defaults != null;
    }

    boolean hasRequests() {
        return requests != null;
    }

    /** Notes an error, unless there is one already. */
    void note(String what) {
        if (mistake == null) {
            mistake = what;
        }
    }

    /**
     * The id, if there was no error.
     *
     * @throws MessageException with the first error, if there is one
     */
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

    Map<String, List<String>> defaultsOrEmpty() {
        return defaults == null ? Map.of() : defaults;
    }

    List<MessageParser> requestsOrEmpty() {
        return requests == null ? List.of() : requests;
    }

    /** Reads the members of an open object. Notes errors and continues, because the id may follow. */
    void read(JsonParser parser, boolean isMessage) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> readId(parser, value);
                case "parameters" -> parameters = readParameters(parser, value, name, parameters);
                case "defaults" ->
                    defaults =
                            isMessage ? readParameters(parser, value, name, defaults) : readForeign(parser, defaults);
                case "requests" -> requests = isMessage ? readRequests(parser, value) : readForeign(parser, requests);
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
            note("id must be a string of 1 to " + MessageReader.LONGEST_ID
                    + " characters without control characters and unpaired surrogates");
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
            String name = ParameterNames.canonical(checkedText(parser.currentName()));
            List<String> values = read.computeIfAbsent(name, n -> new ArrayList<>(1));
            readValues(parser, parser.nextToken(), name, values);
            count++;
        }
        if (count > MOST_PARAMETERS) {
            note(member + " has more than " + MOST_PARAMETERS + " members");
        }
        return read;
    }

    private void readValues(JsonParser parser, JsonToken value, String name, List<String> values) throws IOException {
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
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> values.add(checkedText(parser.getText()));
            default -> {
                note("a parameter must be a string, an integer or a boolean; only " + REPEATABLE
                        + " may be an array of them");
                parser.skipChildren();
            }
        }
    }

    private String checkedText(String text) {
        if (hasUnpairedSurrogate(text)) {
            note("a parameter's name or value has an unpaired surrogate, which no UTF-8 can express");
        }
        return text;
    }

    private @Nullable List<MessageParser> readRequests(JsonParser parser, JsonToken start) throws IOException {
        if (requests != null) {
            note("requests is given twice");
        }
        if (start != JsonToken.START_ARRAY) {
            note("requests must be an array");
            parser.skipChildren();
            return new ArrayList<>();
        }
        List<MessageParser> read = new ArrayList<>();
        JsonToken element = parser.nextToken();
        while (element != JsonToken.END_ARRAY) {
            MessageParser request = new MessageParser();
            if (element == JsonToken.START_OBJECT) {
                request.read(parser, false);
            } else {
                request.note("a request is an object with id and parameters");
                parser.skipChildren();
            }
            if (read.size() <= MessageReader.MOST_REQUESTS) {
                read.add(request);
            }
            element = parser.nextToken();
        }
        if (read.isEmpty() || read.size() > MessageReader.MOST_REQUESTS) {
            note("requests must have 1 to " + MessageReader.MOST_REQUESTS + " elements");
        }
        return read;
    }

    /** Whether a text is a valid id of a message or a request. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= MessageReader.LONGEST_ID
                && text.chars().noneMatch(Character::isISOControl)
                && !hasUnpairedSurrogate(text);
    }

    private static boolean hasUnpairedSurrogate(String text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return true;
            }
        }
        return false;
    }
}
