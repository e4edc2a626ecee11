package io.playgrant.cli.key;

import io.playgrant.cli.terminal.LowerCaseEnum;

/** The packagers for which the command prints lines. */
enum PackagerTool {
    /** Shaka Packager: with the key server, and with the key. */
    SHAKA,
    /** Shaka Packager, with the key server only. */
    SHAKA_SERVER,
    BENTO4,
    FFMPEG,
    /** A request for a CPIX document, from which other packagers read keys. */
    CPIX;

    /** Reads the name of a packager. */
    static final class Converter extends LowerCaseEnum<PackagerTool> {

        Converter() {
            super(PackagerTool.class);
        }
    }
}
