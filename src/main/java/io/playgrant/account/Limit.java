package io.playgrant.account;

import org.jspecify.annotations.Nullable;

/**
 * A limit, or no limit.
 *
 * @param most the limit, 0 or more; null for no limit
 */
public record Limit(@Nullable Long most) {

    /** No limit. */
    public static final Limit NONE = new Limit(null);

    /** A limit. */
    public static Limit of(long most) {
        if (most < 0) {
            throw new IllegalArgumentException("a limit is 0 or more");
        }
        return new Limit(most);
    }

    /** Whether there is no limit. */
    public boolean isNone() {
        return most == null;
    }

    /** The limit in digits, or {@code any}. */
    @Override
    public String toString() {
        return most == null ? "any" : Long.toString(most);
    }
}
