/** Content keys, their ids and their wrapping (RFC 3394). Depends on no other package of the program. */
@NullMarked
package io.playgrant.contentkey;

import org.jspecify.annotations.NullMarked;
