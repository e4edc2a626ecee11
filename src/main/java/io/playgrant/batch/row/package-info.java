/** Takes files apart into rows: lines, CSV records, elements of JSON arrays. */
@NullMarked
package io.playgrant.batch.row;

import org.jspecify.annotations.NullMarked;
