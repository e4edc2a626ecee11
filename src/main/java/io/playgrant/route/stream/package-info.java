/** {@code POST /hms/wv/tokens}: a request and an answer on each line. */
@NullMarked
package io.playgrant.route.stream;

import org.jspecify.annotations.NullMarked;
