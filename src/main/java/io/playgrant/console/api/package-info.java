/** The admin API: one class for each resource. */
@NullMarked
package io.playgrant.console.api;

import org.jspecify.annotations.NullMarked;
