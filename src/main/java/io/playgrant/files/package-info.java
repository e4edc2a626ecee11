/** The data folder and its JWK Sets, readable by their owner only. */
@NullMarked
package io.playgrant.files;

import org.jspecify.annotations.NullMarked;
