package io.playgrant.batch.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains why the first row of a CSV file is not a header. Quotes only known names. */
public final class CsvHeader {

    private static final List<Separator> SEPARATORS = List.of(
            new Separator("semicolons", Pattern.compile(";")),
            new Separator("tabs", Pattern.compile("\t")),
            new Separator("vertical bars", Pattern.compile("\\|")));

    private static final Pattern COMMA = Pattern.compile(",");
    private static final byte[][] MARKS_OF_UTF_16 = {{(byte) 0xFF, (byte) 0xFE}, {(byte) 0xFE, (byte) 0xFF}};

    private CsvHeader() {}

    private record Separator(String name, Pattern pattern) {}

    /**
     * A sentence about the mistake, if it is a common one.
     *
     * @param line the first line of the file, which may not be CSV
     * @param spelling the known name that equals a text except for case, if any
     */
    public static Optional<String> mistake(byte[] line, Function<String, Optional<String>> spelling) {
        if (Arrays.stream(MARKS_OF_UTF_16).anyMatch(mark -> Arrays.mismatch(line, mark) == mark.length)) {
            return Optional.of("The file is UTF-16; UTF-8 is expected");
        }
        String text = new String(line, StandardCharsets.UTF_8);
        String misspelled = names(text, COMMA)
                .flatMap(name -> spelling.apply(name).filter(known -> !known.equals(name)).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!misspelled.isEmpty()) {
            return Optional.of("The header has names in another case or with spaces; they are spelled " + misspelled);
        }
        return SEPARATORS.stream()
                .filter(separator -> names(text, separator.pattern())
                        .anyMatch(name -> spelling.apply(name).isPresent()))
                .map(separator -> "The header is separated by " + separator.name() + "; commas are expected")
                .findFirst();
    }

    private static Stream<String> names(String text, Pattern separator) {
        return separator.splitAsStream(text).map(name -> name.replace("\"", ""));
    }
}
