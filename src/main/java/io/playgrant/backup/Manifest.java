package io.playgrant.backup;

import java.util.Map;

/**
 * The description of a backup inside it.
 *
 * @param format the version of the archive's layout
 * @param program the program that wrote it, for people
 * @param createdAt the time, in RFC 3339
 * @param schema the last migration of the backed-up database
 * @param sequences the next number of each sequence
 * @param sha256 the SHA-256 of every other entry, in hexadecimal
 */
public record Manifest(
        int format,
        String program,
        String createdAt,
        String schema,
        Map<String, Long> sequences,
        Map<String, String> sha256) {

    /** The version that this program writes, and the only one that it reads. */
    static final int FORMAT = 1;

    /** The entry's name. */
    static final String NAME = "manifest.json";
}
