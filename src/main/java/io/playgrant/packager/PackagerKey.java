package io.playgrant.packager;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.util.OptionalLong;

/**
 * A key that a packager gets.
 *
 * @param kid its key id
 * @param key the key in clear, which its user wipes
 * @param contentId the id of the content, as text
 * @param type the type of the tracks that the key encrypts, such as {@code SD}
 * @param period the index of the crypto period; empty if keys do not rotate
 */
public record PackagerKey(KeyId kid, ContentKey key, String contentId, String type, OptionalLong period) {

    /** The name by which Widevine's boxes call the provider of the content. */
    public static final String PROVIDER = "playgrant";
}
