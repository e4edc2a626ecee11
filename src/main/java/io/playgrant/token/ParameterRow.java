package io.playgrant.token;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the protocol's table: a parameter, and its rules in the order in which they are checked.
 *
 * @param name as in the protocol, without an index
 * @param source reads the parameter from a request
 * @param rules its rules; may be empty
 * @param mayBeAbsent whether an absent parameter keeps all of them
 */
record ParameterRow(String name, Source source, List<Rule> rules, boolean mayBeAbsent) {

    /** The result of {@link #firstBroken} for a parameter that keeps all rules. */
    static final int NONE = -1;

    private static final String ONCE = "must be given once, as percent-encoded UTF-8";

    private ParameterRow(String name, Source source, List<Rule> rules) {
        this(name, source, rules, mayBeAbsent(rules));
    }

    /** A parameter of the whole request. */
    static ParameterRow ofRequest(String name, Function<TokenRequest, Parameter> parameter) {
        return new ParameterRow(name, new OfRequest(parameter), List.of());
    }

    /** A parameter that each key may have. */
    static ParameterRow ofEachKey(String name, Function<KeyRequest, Parameter> parameter) {
        return new ParameterRow(name, new OfEachKey(parameter), List.of());
    }

    /** A row for the indexes of all parameters instead of a parameter. */
    static ParameterRow ofIndexes() {
        return new ParameterRow(OfIndexes.INDEXES.name(), new OfIndexes(), List.of());
    }

    /** Adds the rule that the parameter is given at most once, and can be decoded. */
    ParameterRow once(ErrorCode code) {
        return rule(Conditions.atMostOnce(), code, ONCE);
    }

    /** Adds a rule of both profiles. */
    ParameterRow rule(Condition condition, ErrorCode code, String message) {
        return with(new Rule(EnumSet.allOf(Profile.class), condition, code, message));
    }

    /** Adds a rule of the strict profile. */
    ParameterRow strict(Condition condition, ErrorCode code, String message) {
        return with(new Rule(Set.of(Profile.STRICT), condition, code, message));
    }

    /** Adds a rule of the lenient profile. */
    ParameterRow lenient(Condition condition, ErrorCode code, String message) {
        return with(new Rule(Set.of(Profile.LENIENT), condition, code, message));
    }

    private ParameterRow with(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new ParameterRow(name, source, List.copyOf(more));
    }

    /** The row with the rules of one profile. */
    ParameterRow of(Profile profile) {
        List<Rule> kept =
                rules.stream().filter(rule -> rule.profiles().contains(profile)).toList();
        return new ParameterRow(name, source, kept);
    }

    private static boolean mayBeAbsent(List<Rule> rules) {
        return rules.stream().allMatch(rule -> rule.condition() instanceof Condition.OfPresent);
    }

    /** The number of the first rule that a parameter breaks, {@link #NONE} if it keeps all of them. */
    int firstBroken(Parameter parameter, TokenRequest request, Instant now) {
        if (mayBeAbsent && parameter.isAbsent()) {
            return NONE;
        }
        for (int number = 0; number < rules.size(); number++) {
            if (!rules.get(number).condition().holds(parameter, request, now)) {
                return number;
            }
        }
        return NONE;
    }

    /** Reads a parameter from a request. */
    interface Source {

        /** The number of its occurrences in the request. A parameter of a key occurs once for each key, even if it is absent. */
        int count(TokenRequest request);

        /** One of the occurrences. */
        Parameter get(TokenRequest request, int number);

        /** Its name in the details of a refusal. */
        default String label(TokenRequest request, Parameter parameter) {
            return parameter.name();
        }
    }

    private record OfRequest(Function<TokenRequest, Parameter> parameter) implements Source {

        @Override
        public int count(TokenRequest request) {
            return 1;
        }

        @Override
        public Parameter get(TokenRequest request, int number) {
            return parameter.apply(request);
        }
    }

    private record OfEachKey(Function<KeyRequest, Parameter> parameter) implements Source {

        @Override
        public int count(TokenRequest request) {
            return request.keys().size();
        }

        @Override
        public Parameter get(TokenRequest request, int number) {
            return parameter.apply(request.keys().get(number));
        }
    }

    private record OfIndexes() implements Source {

        /** Represents all indexes as if they were a parameter. */
        static final Parameter INDEXES = Parameter.absent("indexes");

        @Override
        public int count(TokenRequest request) {
            return 1;
        }

        @Override
        public Parameter get(TokenRequest request, int number) {
            return INDEXES;
        }

        /** The parameter whose index is wrong. */
        @Override
        public String label(TokenRequest request, Parameter parameter) {
            return request.indexes().problem() + ":";
        }
    }
}
