package io.playgrant.cli.terminal;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 32 hexadecimal digits, or a name after {@code ^}. */
public final class KeyIdConverter implements ITypeConverter<KeyId> {

    @Override
    public KeyId convert(String text) {
        try {
            return KeyFields.readKid("it", text);
        } catch (TokenException e) {
            throw new TypeConversionException(e.details());
        }
    }
}
