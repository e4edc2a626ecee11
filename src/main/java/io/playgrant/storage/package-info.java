/** The database: data source and migrations. */
@NullMarked
package io.playgrant.storage;

import org.jspecify.annotations.NullMarked;
