package io.playgrant.cli.terminal;

import io.playgrant.account.Environment;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code production} or {@code test}. */
public final class EnvironmentConverter implements ITypeConverter<Environment> {

    @Override
    public Environment convert(String text) {
        return Arrays.stream(Environment.values())
                .filter(environment -> environment.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither production nor test"));
    }
}
