package io.playgrant.console.api.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.time.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The members of a body, or the parameters of a query. Reading notes mistakes; {@link #check} then refuses all of them together, and every
 * member that nobody has read. Nothing that was read may be used before.
 */
public final class Input {

    /** The form of a time, as the end of a sentence. */
    public static final String TIME_FORM = "must be a time of RFC 3339, such as 2026-12-31T23:59:59Z";

    /** The longest list of networks, as in the database. */
    private static final int LONGEST_NETWORKS = 4_000;

    private final JsonNode object;

    /** Query parameters are texts, also where they are numbers. */
    private final boolean isQuery;

    private final Set<String> known = new HashSet<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    private Input(JsonNode object, boolean isQuery) {
        this.object = object;
        this.isQuery = isQuery;
    }

    /**
     * The body of a call, which must be a JSON object or empty.
     *
     * @throws ApiException if it is something else, or if the call has query parameters
     */
    public static Input body(ConsoleCall call) {
        ofQuery(call).check();
        if (call.body().length == 0) {
            return new Input(JsonNodeFactory.instance.objectNode(), false);
        }
        JsonNode read = call.json();
        if (!read.isObject()) {
            throw ApiException.of(ProblemType.INVALID_INPUT, "The body must be a JSON object");
        }
        return new Input(read, false);
    }

    /** The query parameters of a call. */
    public static Input query(ConsoleCall call) {
        if (call.body().length > 0) {
            throw ApiException.of(ProblemType.INVALID_INPUT, "The request must have no body");
        }
        return ofQuery(call);
    }

    private static Input ofQuery(ConsoleCall call) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        call.query().forEach(parameters::put);
        return new Input(parameters, true);
    }

    /**
     * A list of objects with members of their own. Their mistakes are noted here, too.
     *
     * @param reader reads all members of one of them
     */
    public void objects(String name, int most, Consumer<Input> reader) {
        JsonNode list = member(name);
        boolean isList = list.isArray() && !list.isEmpty() && list.size() <= most;
        for (JsonNode element : list) {
            isList &= element.isObject();
        }
        if (!isList) {
            refuse(name, "must be a list of 1 to " + most + " objects");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            read(list.get(i), name + "[" + i + "]", reader);
        }
    }

    /**
     * An object with members of its own. Their mistakes are noted here, too.
     *
     * @param reader reads all its members
     */
    public void object(String name, Consumer<Input> reader) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isObject()) {
            refuse(name, "must be an object");
            return;
        }
        read(value, name, reader);
    }

    private void read(JsonNode value, String name, Consumer<Input> reader) {
        Input members = new Input(value, false);
        reader.accept(members);
        members.noteUnknown();
        members.problems.forEach(problem -> refuse(name + "." + problem.name(), problem.detail()));
    }

    /** Whether a member was sent, null included. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** The member as it was sent, for a room that reads it by itself. */
    public Optional<JsonNode> raw(String name) {
        JsonNode value = member(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    /** A text that null deletes. */
    public Optional<String> textOrNull(String name) {
        return member(name).isNull() ? Optional.empty() : text(name);
    }

    /** A text. */
    public Optional<String> text(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            refuse(name, "must be a string");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /**
     * A text of one line.
     *
     * @param least the smallest number of characters
     * @param most the largest number of characters, in UTF-16 units, as the database counts
     */
    public Optional<String> line(String name, int least, int most) {
        return read(
                name,
                text -> text.length() >= least
                                && text.length() <= most
                                && (least == 0 || !text.isBlank())
                                && text.codePoints().noneMatch(Input::isForbidden)
                        ? Optional.of(text)
                        : Optional.empty(),
                "must have " + least + " to " + most + " characters, and no control character");
    }

    /** A control character, or an unpaired surrogate, which not every database can store. */
    private static boolean isForbidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /**
     * A text of some form.
     *
     * @param expected the form, as the end of a sentence that the name begins
     */
    public <T> Optional<T> read(String name, Function<String, Optional<T>> reader, String expected) {
        Optional<String> text = text(name);
        Optional<T> read = text.flatMap(reader);
        if (text.isPresent() && read.isEmpty()) {
            refuse(name, expected);
        }
        return read;
    }

    /** One of several texts. */
    public <E> Optional<E> choice(String name, E[] values, Function<E, String> label) {
        return read(
                name,
                text -> Stream.of(values)
                        .filter(value -> label.apply(value).equals(text))
                        .findFirst(),
                "must be " + String.join(" or ", Stream.of(values).map(label).toList()));
    }

    /** An environment; production by default, as on the command line. */
    public Environment environment() {
        return optionalEnvironment().orElse(Environment.PRODUCTION);
    }

    /** An environment, if one was sent. */
    public Optional<Environment> optionalEnvironment() {
        return choice("environment", Environment.values(), Environment::label);
    }

    /** A time of RFC 3339. */
    public Optional<Instant> time(String name) {
        return read(name, Rfc3339::parse, TIME_FORM);
    }

    /** True or false. */
    public Optional<Boolean> flag(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (isQuery && (value.asText().equals("true") || value.asText().equals("false"))) {
            return Optional.of(value.asText().equals("true"));
        }
        if (!(value instanceof BooleanNode)) {
            refuse(name, "must be true or false");
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** A whole number. */
    public Optional<Long> number(String name, long least, long most) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Long> number = isQuery ? parse(value.asText()) : number(value);
        if (number.filter(read -> read >= least && read <= most).isEmpty()) {
            refuse(name, "must be an integer from " + least + " to " + most);
            return Optional.empty();
        }
        return number;
    }

    private static Optional<Long> number(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }

    private static Optional<Long> parse(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A limit: a whole number, or null for none. */
    public Optional<Limit> limit(String name, long least, long most) {
        if (member(name).isNull()) {
            return Optional.of(Limit.NONE);
        }
        return number(name, least, most).map(Limit::of);
    }

    /** The networks of an account. */
    public Optional<List<AddressRange>> networks(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        List<AddressRange> ranges = new ArrayList<>();
        boolean isList = value.isArray();
        for (JsonNode element : value) {
            Optional<AddressRange> range =
                    element.isTextual() ? AddressRange.parse(element.textValue()) : Optional.empty();
            isList &= range.isPresent();
            range.ifPresent(ranges::add);
        }
        if (!isList || AddressRange.join(ranges).length() > LONGEST_NETWORKS) {
            refuse(
                    name,
                    "must be a list of IPv4 or IPv6 addresses or CIDR ranges, together at most " + LONGEST_NETWORKS
                            + " characters");
            return Optional.empty();
        }
        return Optional.of(ranges);
    }

    /** Notes that a member is missing. */
    public void require(String... names) {
        for (String name : names) {
            if (member(name).isMissingNode()) {
                refuse(name, "is missing");
            }
        }
    }

    /** Notes a mistake. */
    public void refuse(String name, String detail) {
        if (problems.stream().noneMatch(problem -> problem.name().equals(name))) {
            problems.add(new FieldProblem(name, detail));
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ApiException if there were mistakes, or members that nobody has read
     */
    public void check() {
        noteUnknown();
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
    }

    private void noteUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse(name, isQuery ? "is not a parameter of this operation" : "is not a member of this request");
            }
        });
    }

    private JsonNode member(String name) {
        known.add(name);
        return object.path(name);
    }
}
