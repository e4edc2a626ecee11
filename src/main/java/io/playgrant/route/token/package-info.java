/** From a request to a licence token: authenticate, content keys, mint, charge, record. */
@NullMarked
package io.playgrant.route.token;

import org.jspecify.annotations.NullMarked;
