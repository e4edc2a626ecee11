/** Content keys that were stored earlier. */
@NullMarked
package io.playgrant.keystore;

import org.jspecify.annotations.NullMarked;
