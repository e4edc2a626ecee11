package io.playgrant.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The description of a key in a node's ring, for other nodes.
 *
 * @param id the id of the key
 * @param fingerprint identifies the secret without revealing it; empty if unknown
 * @param active whether the node encrypts tokens with it
 */
public record RingKeyTag(String id, String fingerprint, boolean active) implements Comparable<RingKeyTag> {

    private static final String SEPARATOR = " ";
    private static final String ACTIVE = "*";

    /** Joins the descriptions of all keys, at most 40 characters each if ids and fingerprints have 16. */
    static String join(Set<RingKeyTag> tags) {
        return new TreeSet<>(tags).stream().map(RingKeyTag::text).collect(Collectors.joining(SEPARATOR));
    }

    /** Splits joined descriptions. Older versions of the program wrote ids without fingerprints. */
    static Set<RingKeyTag> split(String text) {
        return Arrays.stream(text.split(SEPARATOR))
                .filter(tag -> !tag.isEmpty())
                .map(RingKeyTag::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static RingKeyTag of(String text) {
        String[] parts = text.split(":", 3);
        return new RingKeyTag(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 && parts[2].equals(ACTIVE));
    }

    private String text() {
        return id + ":" + fingerprint + (active ? ":" + ACTIVE : "");
    }

    @Override
    public int compareTo(RingKeyTag other) {
        return text().compareTo(other.text());
    }
}
