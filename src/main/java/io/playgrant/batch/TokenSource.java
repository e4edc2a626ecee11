package io.playgrant.batch;

import java.util.List;

/** A source of tokens: this process, or a server. Thread-safe. */
@FunctionalInterface
public interface TokenSource {

    /**
     * Obtains tokens.
     *
     * @param items well-formed requests
     * @return the results in the order of the requests; fewer if the source became unavailable on the way
     * @throws SourceAwayException if there is no result, and a retry may succeed
     * @throws BatchException if a retry would fail as well
     */
    List<TokenResult> issue(List<Item> items);
}
