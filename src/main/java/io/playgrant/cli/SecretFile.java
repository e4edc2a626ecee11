package io.playgrant.cli;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file with one secret and nothing else, as arguments would show it to others. */
final class SecretFile {

    /** The name of standard input. */
    static final String STANDARD = "-";

    private static final int LONGEST = 4_096;

    private SecretFile() {}

    /**
     * The secret in a file, without white space around it.
     *
     * @param name the file's, or {@link #STANDARD}
     * @param form what it must look like
     * @param what the same in words
     */
    static String read(String name, Pattern form, String what) {
        String called = name.equals(STANDARD) ? "Standard input" : name;
        try (InputStream in = name.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(name))) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            if (form.matcher(text).matches()) {
                return text;
            }
        } catch (IOException e) {
            throw new CommandException(called + " cannot be read: " + StorageException.reason(e));
        }
        throw new CommandException(called + " must hold " + what + " and nothing else");
    }
}
