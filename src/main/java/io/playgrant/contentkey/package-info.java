/** Content keys, their ids and their wrapping (RFC 3394). Knows no other room. */
@NullMarked
package io.playgrant.contentkey;

import org.jspecify.annotations.NullMarked;
