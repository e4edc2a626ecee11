package io.playgrant.cli.terminal;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A file that an argument names: a file on a disk, a pipe or device, or standard input. */
public final class NamedInput {

    /** The name of standard input. */
    public static final String STANDARD = "-";

    /** The system's names of it. Not all that it can be, such as a socket, can be opened by them. */
    private static final Set<String> STANDARD_NAMES = Set.of(STANDARD, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private NamedInput() {}

    public static boolean isStandard(String name) {
        return STANDARD_NAMES.contains(name);
    }

    /** Whether it can be read once only, and has no size. */
    public static boolean isStream(String name) {
        Path path = Path.of(name);
        return isStandard(name) || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
    }

    public static InputStream open(String name) throws IOException {
        if (isStandard(name)) {
            return System.in;
        }
        // Other streams ask for a position now and then, which pipes do not have.
        return isStream(name)
                ? new BufferedInputStream(new FileInputStream(name))
                : Files.newInputStream(Path.of(name));
    }
}
