package io.playgrant.console.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a form, or of a query. Its {@code toString} shows no values, which may be secrets. */
public final class FormFields {

    private static final int MOST_FIELDS = 200;

    private final Map<String, List<String>> fields;

    private FormFields(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * Decodes {@code application/x-www-form-urlencoded}.
     *
     * @throws ConsoleException if it is malformed
     */
    static FormFields decode(String text) {
        try {
            return new FormFields(
                    new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS).parameters());
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(400, "Bad Request", "The form or query is not percent-encoded UTF-8.");
        }
    }

    /** The value of a field; the first if there are several. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    /** The values of a field. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The names of the fields. */
    public Set<String> names() {
        return fields.keySet();
    }

    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}
