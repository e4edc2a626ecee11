package io.playgrant.cli.terminal;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A file with one secret and nothing else, as arguments would show it to others. */
public final class SecretFile {

    private static final int LONGEST = 4_096;

    private SecretFile() {}

    /**
     * The secret in a file, without white space around it.
     *
     * @param name the file's, or {@link NamedInput#STANDARD}
     * @param form what it must look like
     * @param what the same in words
     */
    public static String read(String name, Pattern form, String what) {
        String called = NamedInput.isStandard(name) ? "Standard input" : name;
        try (InputStream in = NamedInput.open(name)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            String secret = text(bytes).strip();
            // What stands behind is not to be passed over, wherever it stands.
            if (bytes.length <= LONGEST && form.matcher(secret).matches()) {
                return secret;
            }
        } catch (IOException e) {
            throw new CommandException(called + " cannot be read: " + StorageException.reason(e));
        }
        throw new CommandException(called + " must hold " + what + " and nothing else");
    }

    /** Some editors begin files with a byte order mark, and Windows writes UTF-16 with one. */
    private static String text(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        boolean isUtf16 = mark == 0xFEFF || mark == 0xFFFE;
        String text = new String(bytes, isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
