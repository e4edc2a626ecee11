/** The console and the admin API: puts their parts together. */
@NullMarked
package io.playgrant.console;

import org.jspecify.annotations.NullMarked;
