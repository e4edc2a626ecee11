/**
 * The tools of the parameters' rules: the checks of a text, and the way from a broken rule through Bean Validation to the refusal. They
 * know no parameter; the rules stand in {@code io.playgrant.token.ParameterTable}.
 */
@NullMarked
package io.playgrant.token.constraint;

import org.jspecify.annotations.NullMarked;
