package io.playgrant.token;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import java.util.Set;

/**
 * A rule of one parameter in the protocol's table.
 *
 * @param profiles the profiles to which it applies
 * @param condition the condition that the parameter must meet
 * @param code the documented error if it does not
 * @param message the expected value; continues the parameter's name. It is a message template of Bean Validation, so it must not contain
 *     braces or {@code $}
 */
record Rule(Set<Profile> profiles, Condition condition, ErrorCode code, String message) {}
