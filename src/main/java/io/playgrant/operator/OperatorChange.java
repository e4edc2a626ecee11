package io.playgrant.operator;

import org.jspecify.annotations.Nullable;

/**
 * A change of an operator. Null leaves a property as it is.
 *
 * @param role the new rights
 * @param enabled whether the operator may use anything
 */
public record OperatorChange(@Nullable Role role, @Nullable Boolean enabled) {

    /** Whether it changes nothing. */
    public boolean isNothing() {
        return role == null && enabled == null;
    }

    /** For the audit. */
    @Override
    public String toString() {
        String text = role == null ? "" : "role=" + role.label();
        return enabled == null ? text : (text.isEmpty() ? "" : text + " ") + "enabled=" + enabled;
    }
}
