package io.playgrant.cli.account;

import io.playgrant.account.Profile;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code strict} or {@code lenient}. */
final class ProfileConverter implements ITypeConverter<Profile> {

    @Override
    public Profile convert(String text) {
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither strict nor lenient"));
    }
}
