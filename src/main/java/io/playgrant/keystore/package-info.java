/** The key storage: content keys of accounts, stored wrapped, and the operations on them. */
@NullMarked
package io.playgrant.keystore;

import org.jspecify.annotations.NullMarked;
