package io.playgrant.backup;

import java.util.Map;

/**
 * What a backup says of itself.
 *
 * @param format how the archive is laid out
 * @param program what made it, for people
 * @param createdAt when, in RFC 3339
 * @param schema the last migration of the database that it was made of
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

    /** The layout that this program writes, and the only one that it reads. */
    static final int FORMAT = 1;

    /** The entry's name. */
    static final String NAME = "manifest.json";
}
