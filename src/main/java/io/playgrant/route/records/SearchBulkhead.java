package io.playgrant.route.records;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the searches that run at the same time, and those of one account. A search takes long, and requests for tokens would lack the
 * workers that it holds. No search waits for a place.
 */
final class SearchBulkhead {

    private static final int PLACES = 4;
    private static final int PLACES_OF_ONE = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** By the account's number. */
    private final Map<Long, Integer> taken = new HashMap<>();

    private int all;

    /**
     * Takes a place, until it is {@linkplain #leave left}.
     *
     * @throws TokenException {@link ErrorCode#TOO_MANY_REQUESTS} if the account has its share, {@link ErrorCode#SERVICE_UNAVAILABLE} if
     *     others have all places
     */
    synchronized void enter(long account) {
        if (taken.getOrDefault(account, 0) == PLACES_OF_ONE) {
            throw TokenException.of(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "the account looks for records " + PLACES_OF_ONE + " times already")
                    .retryAfter(RETRY_AFTER);
        }
        if (all == PLACES) {
            throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "too many look for records, try again later")
                    .retryAfter(RETRY_AFTER);
        }
        taken.merge(account, 1, Integer::sum);
        all++;
    }

    /** Gives a place back. */
    synchronized void leave(long account) {
        taken.computeIfPresent(account, (number, places) -> places == 1 ? null : places - 1);
        all--;
    }
}
