package io.playgrant.token;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import java.util.Set;

/**
 * A rule of one parameter in the protocol's table.
 *
 * @param profiles which accounts must keep it
 * @param condition what the parameter must be
 * @param code the documented error if it is not
 * @param message what is expected; goes on from the parameter's name. It is a message template of Bean Validation, so it has no braces
 *     and no {@code $}
 */
record Rule(Set<Profile> profiles, Condition condition, ErrorCode code, String message) {}
