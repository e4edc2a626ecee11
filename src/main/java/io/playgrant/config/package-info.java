/** The settings and their check. */
@NullMarked
package io.playgrant.config;

import org.jspecify.annotations.NullMarked;
