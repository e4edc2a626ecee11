package io.playgrant.batch;

import io.playgrant.error.TokenException;
import io.playgrant.token.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * One request of a message.
 *
 * @param id the id that its sender chose; null if none can be read
 * @param parameters its parameters
 * @param refusal why this part of the message is not a request; null if it is one
 */
public record Item(
        @Nullable String id,
        Parameters parameters,
        @Nullable TokenException refusal) {

    /** A request. */
    public static Item of(String id, Parameters parameters) {
        return new Item(id, parameters, null);
    }

    /** A malformed request. */
    public static Item refused(@Nullable String id, TokenException refusal) {
        return new Item(id, new Parameters(), refusal);
    }
}
