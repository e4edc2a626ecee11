/** Files that an installation keeps: the data folder and JWK Sets, readable by their owner only. */
@NullMarked
package io.playgrant.files;

import org.jspecify.annotations.NullMarked;
