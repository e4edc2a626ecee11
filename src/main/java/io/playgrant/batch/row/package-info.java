/** Splits files into rows: lines, CSV rows, elements of JSON arrays. */
@NullMarked
package io.playgrant.batch.row;

import org.jspecify.annotations.NullMarked;
