package io.playgrant.batch;

import java.util.List;

/** Whatever issues tokens. Any number of threads may use it at the same time. */
@FunctionalInterface
public interface TokenSource {

    /**
     * Asks for tokens.
     *
     * @param items requests that can be read
     * @return the results of the first so many of them, in their order; of all, unless the source went away on the way
     * @throws SourceAwayException if there is none, and it is worth trying again
     * @throws BatchException if there will be none
     */
    List<TokenResult> issue(List<Item> items);
}
