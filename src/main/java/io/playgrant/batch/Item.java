package io.playgrant.batch;

import io.playgrant.error.TokenException;
import io.playgrant.token.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * One request of a message.
 *
 * @param id its id, as its sender chose it; null if it has none that can be read
 * @param parameters its parameters
 * @param refusal why it is not a request, although the message is one; null if it is
 */
public record Item(
        @Nullable String id,
        Parameters parameters,
        @Nullable TokenException refusal) {

    /** A request. */
    public static Item of(String id, Parameters parameters) {
        return new Item(id, parameters, null);
    }

    /** What should have been a request. */
    public static Item refused(@Nullable String id, TokenException refusal) {
        return new Item(id, new Parameters(), refusal);
    }
}
