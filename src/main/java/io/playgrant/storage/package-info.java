/** The database: connections, migrations, a bulkhead, a cache, and pollers. */
@NullMarked
package io.playgrant.storage;

import org.jspecify.annotations.NullMarked;
