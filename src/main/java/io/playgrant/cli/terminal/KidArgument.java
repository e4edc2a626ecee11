package io.playgrant.cli.terminal;

import io.playgrant.contentkey.KeyId;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Key ids as users copy them from files and manifests: also as UUIDs. Not a converter of picocli, which takes an argument that a converter
 * refuses for an unknown one, and an unknown option for an argument.
 */
public final class KidArgument {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private KidArgument() {}

    /**
     * Reads a key id.
     *
     * @throws ParameterException if it is none
     */
    public static KeyId read(CommandLine command, String text) {
        if (UUID_FORM.matcher(text).matches()) {
            return KeyId.ofHex(text.replace("-", ""));
        }
        try {
            return new KeyIdConverter().convert(text);
        } catch (TypeConversionException e) {
            throw new ParameterException(
                    command, "KID must be 32 hexadecimal digits, a UUID, or ^ and 1 to 64 characters: " + text);
        }
    }
}
