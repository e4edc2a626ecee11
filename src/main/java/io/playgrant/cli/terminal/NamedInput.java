package io.playgrant.cli.terminal;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** An input that an argument names: a file, a pipe or device, or standard input. */
public final class NamedInput {

    /** The name of standard input. */
    public static final String STANDARD = "-";

    /** The system's names of standard input. They are not opened by name, which fails for a socket. */
    private static final Set<String> STANDARD_NAMES = Set.of(STANDARD, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private NamedInput() {}

    public static boolean isStandard(String name) {
        return STANDARD_NAMES.contains(name);
    }

    /** Whether the input can be read only once and has no size. */
    public static boolean isStream(String name) {
        Path path = Path.of(name);
        return isStandard(name) || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
    }

    public static InputStream open(String name) throws IOException {
        if (isStandard(name)) {
            return System.in;
        }
        // Files.newInputStream sometimes asks for the position, which a pipe does not have.
        return isStream(name)
                ? new BufferedInputStream(new FileInputStream(name))
                : Files.newInputStream(Path.of(name));
    }
}
