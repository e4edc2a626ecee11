package io.playgrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The secrets that the tests use. Whatever is marked here must not stand in any log or report of the whole run; that is looked at when
 * all tests have run.
 */
public final class TestSecrets {

    /** Where the marked values stand, one a line, a file for each process. */
    public static final Path FOLDER = Path.of("target", "test-secrets");

    private static final Set<String> MARKED = ConcurrentHashMap.newKeySet();

    private TestSecrets() {}

    /** Marks a secret and returns it. */
    public static String secret(String value) {
        if (MARKED.add(value)) {
            try {
                Files.createDirectories(FOLDER);
                Files.writeString(
                        FOLDER.resolve(ProcessHandle.current().pid() + ".txt"),
                        value + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }
}
