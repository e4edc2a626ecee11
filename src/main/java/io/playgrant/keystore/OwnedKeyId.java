package io.playgrant.keystore;

import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;

/**
 * The unique id of a stored key.
 *
 * @param owner the owner of the key
 * @param kid the key id, which other owners may use, too
 */
record OwnedKeyId(Owner owner, KeyId kid) {}
