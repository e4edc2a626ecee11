/** Backup and restore of an installation. */
@NullMarked
package io.playgrant.backup;

import org.jspecify.annotations.NullMarked;
