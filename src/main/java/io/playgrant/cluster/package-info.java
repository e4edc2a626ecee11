/** The nodes that share a database: their heartbeats, and the check that their key rings agree. */
@NullMarked
package io.playgrant.cluster;

import org.jspecify.annotations.NullMarked;
