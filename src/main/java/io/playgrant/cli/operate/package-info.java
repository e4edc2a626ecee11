/** Commands for whoever runs an installation: backup and restore, settings, records, the audit log. */
@NullMarked
package io.playgrant.cli.operate;

import org.jspecify.annotations.NullMarked;
