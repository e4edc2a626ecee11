package io.playgrant.cli.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a constant by its name in lower case, with hyphens. Picocli's own conversion cannot: it also accepts the name in capitals, which no file or
 * request of ours may hold, and lists both as candidates.
 *
 * @param <E> the enum
 */
public class LowerCaseEnum<E extends Enum<E>> implements ITypeConverter<E> {

    private final Map<String, E> constants;
    private final String names;

    public LowerCaseEnum(Class<E> type) {
        this.constants = Stream.of(type.getEnumConstants())
                .collect(Collectors.toMap(LowerCaseEnum::lowerCase, Function.identity()));
        this.names =
                Stream.of(type.getEnumConstants()).map(LowerCaseEnum::lowerCase).collect(Collectors.joining(" nor "));
    }

    @Override
    public E convert(String text) {
        E constant = constants.get(text);
        if (constant == null) {
            throw new TypeConversionException("'" + text + "' is neither " + names);
        }
        return constant;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
