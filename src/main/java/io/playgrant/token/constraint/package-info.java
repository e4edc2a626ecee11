/**
 * Tools for the rules of parameters: checks of texts, and the conversion of broken rules into violations of Bean Validation and into a
 * refusal. The rules themselves are in {@code io.playgrant.token.ParameterTable}.
 */
@NullMarked
package io.playgrant.token.constraint;

import org.jspecify.annotations.NullMarked;
