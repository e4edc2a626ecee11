/** Content keys that accounts keep here, wrapped: what is stored of them, where, and what clients can do with them. */
@NullMarked
package io.playgrant.keystore;

import org.jspecify.annotations.NullMarked;
