/** Commands for operators: backup and restore, settings, records, audit. */
@NullMarked
package io.playgrant.cli.operate;

import org.jspecify.annotations.NullMarked;
