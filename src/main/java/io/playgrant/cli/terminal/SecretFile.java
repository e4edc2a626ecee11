package io.playgrant.cli.terminal;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads a file that contains one secret. Arguments would show the secret to other users of the machine. */
public final class SecretFile {

    private static final int LONGEST = 4_096;

    private SecretFile() {}

    /**
     * The secret in a file, without white space around it.
     *
     * @param name the name of the file, or {@link NamedInput#STANDARD}
     * @param form the form that the secret must have
     * @param description the same in words, for errors
     */
    public static String read(String name, Pattern form, String description) {
        String source = NamedInput.isStandard(name) ? "Standard input" : name;
        try (InputStream in = NamedInput.open(name)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            String secret = text(bytes).strip();
            // The whole file must match: text after the secret must not be ignored.
            if (bytes.length <= LONGEST && form.matcher(secret).matches()) {
                return secret;
            }
        } catch (IOException e) {
            throw new CommandException(source + " cannot be read: " + StorageException.reason(e));
        }
        throw new CommandException(source + " must contain " + description + " and nothing else");
    }

    /** Some editors begin files with a byte order mark, and Windows writes UTF-16 with one. */
    private static String text(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        boolean isUtf16 = mark == 0xFEFF || mark == 0xFFFE;
        String text = new String(bytes, isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
