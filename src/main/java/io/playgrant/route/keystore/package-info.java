/** {@code /keystore/}: the key storage over HTTP. */
@NullMarked
package io.playgrant.route.keystore;

import org.jspecify.annotations.NullMarked;
