/** Certificates and private keys for TLS. */
@NullMarked
package io.playgrant.tls;

import org.jspecify.annotations.NullMarked;
