package io.playgrant.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the output of {@code --json}. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** In JSON these characters occur in strings only, where they can be escaped. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[" + ClientText.UNPRINTABLE + "]");

    private Json() {}

    /** One line of JSON. Characters that must not reach a terminal are escaped, which does not change the value. */
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
