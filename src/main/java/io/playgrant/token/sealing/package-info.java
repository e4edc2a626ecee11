/** Encrypts tokens: the key ring, and COSE_Encrypt (RFC 9052). */
@NullMarked
package io.playgrant.token.sealing;

import org.jspecify.annotations.NullMarked;
