/** What is shown of the rooms, alike on the command line and over HTTP. */
@NullMarked
package io.playgrant.view;

import org.jspecify.annotations.NullMarked;
