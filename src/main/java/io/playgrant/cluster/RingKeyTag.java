package io.playgrant.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a node tells of a key in its ring.
 *
 * @param id the key's id
 * @param fingerprint what tells its secret from another without telling anything about it; empty: not known
 * @param active whether the node makes tokens with it
 */
public record RingKeyTag(String id, String fingerprint, boolean active) implements Comparable<RingKeyTag> {

    private static final String SEPARATOR = " ";
    private static final String ACTIVE = "*";

    /** One text of all of them, at most 40 characters for each if ids and fingerprints have 16. */
    static String join(Set<RingKeyTag> tags) {
        return new TreeSet<>(tags).stream().map(RingKeyTag::text).collect(Collectors.joining(SEPARATOR));
    }

    /** What was joined; versions before fingerprints wrote ids only. */
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
