package io.playgrant.keystore.held;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.util.OptionalLong;

/**
 * A key that the service holds, opened.
 *
 * @param kid its key id
 * @param key the key in clear, which its user wipes
 * @param contentId the content that it protects
 * @param type the type of track, as the packager named it
 * @param period its crypto period; empty if the key does not rotate
 */
public record HeldKey(KeyId kid, ContentKey key, String contentId, String type, OptionalLong period) {}
