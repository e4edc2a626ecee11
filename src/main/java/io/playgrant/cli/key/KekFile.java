package io.playgrant.cli.key;

import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.SecretFile;
import io.playgrant.contentkey.Kek;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a file with the kek. */
final class KekFile {

    private static final Pattern KEK = Pattern.compile("(?:[0-9A-Fa-f]{32}){1,2}|[0-9A-Fa-f]{48}");

    @Option(
            names = "--kek-file",
            paramLabel = "FILE",
            description = "A file with the kek, 32, 48 or 64 hexadecimal digits; - is standard input.")
    private @Nullable String file;

    boolean isGiven() {
        return file != null;
    }

    boolean isStandardInput() {
        return file != null && NamedInput.isStandard(file);
    }

    /** Passes the kek, or null if none was given, to a function, then wipes it. */
    <T> T use(Function<@Nullable Kek, T> work) {
        if (file == null) {
            return work.apply(null);
        }
        Kek kek = Kek.ofHex(SecretFile.read(file, KEK, "a kek, 32, 48 or 64 hexadecimal digits,"));
        try {
            return work.apply(kek);
        } finally {
            kek.wipe();
        }
    }
}
