/** The certificate that the server proves its name with. */
@NullMarked
package io.playgrant.tls;

import org.jspecify.annotations.NullMarked;
