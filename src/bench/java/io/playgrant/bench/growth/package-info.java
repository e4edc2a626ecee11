/** Many accounts, many stored keys, many keys in a token. */
@NullMarked
package io.playgrant.bench.growth;

import org.jspecify.annotations.NullMarked;
