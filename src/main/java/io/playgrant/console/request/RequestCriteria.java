package io.playgrant.console.request;

import io.playgrant.account.Environment;
import io.playgrant.console.request.SearchText.Kind;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.record.TokenRecord.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The criteria of the page Requests, as its URL and its form have them. */
final class RequestCriteria {

    /** Everything but the text of the search field. */
    private static final List<String> OTHERS =
            List.of("account", "environment", "operation", "code", "content", "period", "to");

    private static final int PAGE = 50;

    private final Map<String, String> given;
    private @Nullable String error;

    private RequestCriteria(Map<String, String> given) {
        this.given = given;
    }

    /** How far back a search goes. */
    enum Period {
        HOUR("hour", "1 hour", Duration.ofHours(1)),
        DAY("day", "24 hours", Duration.ofDays(1)),
        WEEK("week", "7 days", Duration.ofDays(7)),
        MONTH("month", "30 days", Duration.ofDays(30)),
        ALL("all", "all", Duration.ofDays(36_500));

        private final String label;
        private final String text;
        private final Duration length;

        Period(String label, String text, Duration length) {
            this.label = label;
            this.text = text;
            this.length = length;
        }

        static Period of(String label) {
            return Arrays.stream(values())
                    .filter(period -> period.label.equals(label))
                    .findFirst()
                    .orElse(DAY);
        }
    }

    /** The criteria of a URL. */
    static RequestCriteria ofUrl(Function<String, Optional<String>> parameters) {
        Map<String, String> given = others(parameters);
        for (Kind kind : Kind.values()) {
            if (!kind.parameter().isEmpty()) {
                put(given, kind.parameter(), parameters);
            }
        }
        return new RequestCriteria(given);
    }

    /** The criteria of a form with this text. */
    static RequestCriteria ofForm(SearchText text, Function<String, Optional<String>> fields) {
        Map<String, String> given = new LinkedHashMap<>();
        if (!text.kind().parameter().isEmpty() && !text.value().isEmpty()) {
            given.put(text.kind().parameter(), text.value());
        }
        given.putAll(others(fields));
        return new RequestCriteria(given);
    }

    private static Map<String, String> others(Function<String, Optional<String>> values) {
        Map<String, String> given = new LinkedHashMap<>();
        OTHERS.forEach(name -> put(given, name, values));
        return given;
    }

    private static void put(Map<String, String> given, String name, Function<String, Optional<String>> values) {
        values.apply(name)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> given.put(name, value));
    }

    /** The parameters of the URL. */
    Map<String, String> parameters() {
        return given;
    }

    /** A sentence about the first value that cannot be read; empty if there is none. Known once the query was read. */
    String error() {
        return error == null ? "" : error;
    }

    /**
     * The query.
     *
     * @param now the end of the period if none is given
     * @param before the cursor of the page before; null for the first page
     */
    RecordQuery query(Instant now, @Nullable RecordCursor before) {
        Instant to = read("to", RequestCriteria::time, "Until must be a time in UTC, such as 2026-11-23T12:00.");
        Period period = Period.of(text("period"));
        Instant begin = (to == null ? now : to).minus(period.length);
        Filter filter = new Filter(
                        given.get("cookie"),
                        null,
                        null,
                        read("code", RequestCriteria::number, "The code must be a number: 0, or that of an error."))
                .withAnyId(
                        read("id", SearchText::id, "An id has 32 hexadecimal digits; the name of a key begins with ^."))
                .withRequestId(given.get("request"))
                .withContentId(given.get("content"))
                .withAddress(given.get("address"))
                .withOperation(read("operation", RequestCriteria::operation, "There is no such operation."));
        Long account = read("account", RequestCriteria::account, "The number of an account consists of digits.");
        Environment environment =
                read("environment", RequestCriteria::environment, "The environment is production or test.");
        return new RecordQuery(
                account,
                environment,
                filter,
                period == Period.ALL || begin.isBefore(RecordQuery.EARLIEST) ? null : begin,
                to,
                before,
                PAGE);
    }

    private <T> @Nullable T read(String name, Function<String, Optional<T>> reading, String problem) {
        String text = given.get(name);
        if (text == null) {
            return null;
        }
        Optional<T> read = reading.apply(text);
        if (read.isEmpty() && error == null) {
            error = problem;
        }
        return read.orElse(null);
    }

    private static Optional<Instant> time(String text) {
        return RecordQuery.time(text).or(() -> RecordQuery.time(text + "Z"));
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> account(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Environment> environment(String text) {
        return Arrays.stream(Environment.values())
                .filter(one -> one.label().equals(text))
                .findFirst();
    }

    private static Optional<Operation> operation(String text) {
        return Arrays.stream(Operation.values())
                .filter(one -> one.label().equals(text))
                .findFirst();
    }

    /** The values of the form. */
    Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> given.containsKey(one.parameter()))
                .findFirst()
                .orElse(Kind.ANY);
        model.put("find", kind == Kind.ANY ? "" : text(kind.parameter()));
        model.put(
                "kinds",
                Arrays.stream(Kind.values())
                        .filter(one -> one != Kind.TOKEN && one != Kind.UNSUITABLE)
                        .map(one -> option(one.parameter(), one.label(), one == kind))
                        .toList());
        for (String name : List.of("account", "code", "content", "to")) {
            model.put(name, text(name));
        }
        model.put(
                "environments",
                Arrays.stream(Environment.values())
                        .map(one -> option(one.label(), one.label(), one.label().equals(given.get("environment"))))
                        .toList());
        model.put(
                "operations",
                Arrays.stream(Operation.values())
                        .map(one -> option(one.label(), one.label(), one.label().equals(given.get("operation"))))
                        .toList());
        Period chosen = Period.of(text("period"));
        model.put(
                "periods",
                Arrays.stream(Period.values())
                        .map(one -> option(one.label, one.text, one == chosen))
                        .toList());
        return model;
    }

    private String text(String name) {
        return given.getOrDefault(name, "");
    }

    private static Map<String, Object> option(String value, String label, boolean selected) {
        return Map.of("value", value, "label", label, "selected", selected);
    }
}
