/** The story of a token, why a request was refused, in plain words, and who must do something about it. */
@NullMarked
package io.playgrant.view.story;

import org.jspecify.annotations.NullMarked;
