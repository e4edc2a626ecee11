package io.playgrant.route.demo;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest refusals, by request. A token that cannot be opened leaves no record, because nobody can tell whose it is: the reason of its
 * refusal is only in the log.
 */
final class RecentRefusals {

    private static final int MOST = 100;

    private final Clock clock;

    /** By the request's id, the oldest first. */
    private final Map<String, Map<String, Object>> refusals = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Object>> eldest) {
            return size() > MOST;
        }
    };

    RecentRefusals(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String request, TokenException refusal) {
        refusals.put(
                request,
                Map.of(
                        "time", clock.instant().toString(),
                        "requestId", request,
                        "code", refusal.code().number(),
                        "reason", refusal.reason()));
    }

    /** The refusal of the request that a call names. */
    synchronized Map<String, Object> find(DemoCall call) {
        Map<String, Object> refusal = refusals.get(call.parameter("request"));
        if (refusal == null) {
            throw TokenException.of(ErrorCode.NOT_FOUND, "no such request was refused of late");
        }
        return refusal;
    }
}
