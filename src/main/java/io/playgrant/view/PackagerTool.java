package io.playgrant.view;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The packagers for which there are command lines. */
public enum PackagerTool {
    /** Shaka Packager: with the key server, and with the key. */
    SHAKA,
    /** Shaka Packager, with the key server only. */
    SHAKA_SERVER,
    BENTO4,
    FFMPEG,
    /** A request for a CPIX document, from which other packagers read keys. */
    CPIX;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name on the command line and in parameters. */
    public String label() {
        return label;
    }

    /** The packager with this label. */
    public static Optional<PackagerTool> of(String label) {
        return Stream.of(values()).filter(tool -> tool.label.equals(label)).findFirst();
    }

    /** Whether it encrypts audio with a key of its own. */
    public boolean takesTwoKeys() {
        return this == SHAKA || this == CPIX;
    }
}
