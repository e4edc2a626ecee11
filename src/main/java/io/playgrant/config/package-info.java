/** The settings. */
@NullMarked
package io.playgrant.config;

import org.jspecify.annotations.NullMarked;
