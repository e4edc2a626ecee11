/** The pages with which operators sign in and out, and see their sessions. */
@NullMarked
package io.playgrant.console.signin;

import org.jspecify.annotations.NullMarked;
