package io.playgrant.keystore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change that caches must know of.
 *
 * @param key the key that was created, changed or deleted
 * @param content the content whose set of held keys changed; null if it did not
 */
record KeyChange(OwnedKeyId key, @Nullable ContentDigest content) {

    /** The changes that the change of a key makes: one, or two if the key moves from one content to another. */
    static List<KeyChange> of(OwnedKeyId id, StoredKey... states) {
        Set<ContentDigest> contents = new LinkedHashSet<>();
        for (StoredKey state : states) {
            ContentDigest content = ContentDigest.of(id.owner(), state);
            if (content != null) {
                contents.add(content);
            }
        }
        return contents.isEmpty()
                ? List.of(new KeyChange(id, null))
                : contents.stream().map(content -> new KeyChange(id, content)).toList();
    }

    /** The changes of content by new keys, one for each content. */
    static List<KeyChange> ofContents(Stream<KeyChange> created) {
        Set<ContentDigest> seen = new LinkedHashSet<>();
        return created.filter(change -> change.content() != null && seen.add(change.content()))
                .toList();
    }
}
