package io.playgrant.keystore;

import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;

/**
 * What tells a stored key from all others.
 *
 * @param owner whose it is
 * @param kid its id, which another owner may have given, too
 */
record OwnedKeyId(Owner owner, KeyId kid) {}
