package io.playgrant.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code --json} prints. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** In JSON they stand in strings only. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[" + ClientText.UNPRINTABLE + "]");

    private Json() {}

    /** One line of JSON, which says what it says although it has no character that a terminal must not see. */
    public static String line(Object value) {
        try {
            return UNPRINTABLE
                    .matcher(MAPPER.writeValueAsString(value))
                    .replaceAll(character -> Matcher.quoteReplacement(escaped(character.group())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String character) {
        return character.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }
}
