package io.playgrant.cli.operator;

import io.playgrant.operator.Operator;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows operators as text. */
final class OperatorTable {

    private static final String ROW = "%-8s %-8s %-20s %s";
    private static final String HEAD = ROW.formatted("ROLE", "STATE", "CREATED", "NAME");

    private OperatorTable() {}

    static String of(List<Operator> operators) {
        return Stream.concat(Stream.of(HEAD), operators.stream().map(OperatorTable::row))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }

    private static String row(Operator operator) {
        return ROW.formatted(
                operator.role().label(),
                operator.enabled() ? "enabled" : "disabled",
                operator.createdAt().truncatedTo(ChronoUnit.SECONDS),
                operator.name());
    }

    /** An operator as lines of text. */
    static String lines(Operator operator) {
        return """
                name            %s
                role            %s
                enabled         %s
                """.formatted(operator.name(), operator.role().label(), operator.enabled() ? "yes" : "no");
    }
}
