/** The audit: changes by the command line, and who made them. */
@NullMarked
package io.playgrant.audit;

import org.jspecify.annotations.NullMarked;
