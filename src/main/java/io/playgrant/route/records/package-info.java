/** {@code GET /records}: an account's records over HTTP. */
@NullMarked
package io.playgrant.route.records;

import org.jspecify.annotations.NullMarked;
