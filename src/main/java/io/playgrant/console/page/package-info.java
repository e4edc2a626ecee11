/** The pages of the console: their templates, their frame, and one class for each group of pages. */
@NullMarked
package io.playgrant.console.page;

import org.jspecify.annotations.NullMarked;
