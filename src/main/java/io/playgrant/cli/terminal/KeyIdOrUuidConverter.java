package io.playgrant.cli.terminal;

import io.playgrant.contentkey.KeyId;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a key id as users copy it from files and manifests: also as a UUID. */
public final class KeyIdOrUuidConverter implements ITypeConverter<KeyId> {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final KeyIdConverter others = new KeyIdConverter();

    @Override
    public KeyId convert(String text) throws TypeConversionException {
        return UUID_FORM.matcher(text).matches() ? KeyId.ofHex(text.replace("-", "")) : others.convert(text);
    }
}
