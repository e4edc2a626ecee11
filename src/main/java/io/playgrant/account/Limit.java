package io.playgrant.account;

import org.jspecify.annotations.Nullable;

/**
 * How many there may be of something; any number if there is no limit.
 *
 * @param most the limit, 0 or more; null if there is none
 */
public record Limit(@Nullable Long most) {

    /** No limit. */
    public static final Limit NONE = new Limit(null);

    /** At most so many. */
    public static Limit of(long most) {
        if (most < 0) {
            throw new IllegalArgumentException("a limit is 0 or more");
        }
        return new Limit(most);
    }

    /** Whether any number is allowed. */
    public boolean isNone() {
        return most == null;
    }

    /** The limit in digits, or {@code any}. */
    @Override
    public String toString() {
        return most == null ? "any" : Long.toString(most);
    }
}
