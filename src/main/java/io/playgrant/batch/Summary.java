package io.playgrant.batch;

import io.playgrant.batch.row.Place;
import io.playgrant.error.ErrorMessage;
import java.util.Map;
import java.util.TreeMap;

/** Counts results by their code. */
public final class Summary {

    private static final int OK = 0;

    private final Map<Integer, Tally> tallies = new TreeMap<>();

    private record Tally(long count, Place first) {

        Tally plus(Tally later) {
            return new Tally(count + later.count, first);
        }
    }

    /**
     * Counts a result.
     *
     * @param place the place of its request
     */
    void add(TokenResult result, Place place) {
        ErrorMessage error = result.error();
        tallies.merge(error == null ? OK : error.code(), new Tally(1, place), Tally::plus);
    }

    /** Adds the counts of a later part of the file. */
    void add(Summary later) {
        later.tallies.forEach((code, tally) -> tallies.merge(code, tally, Tally::plus));
    }

    /** Whether every request received a token. */
    public boolean isAllWell() {
        return tallies.keySet().stream().allMatch(code -> code == OK);
    }

    /** The number of results. */
    public long count() {
        return tallies.values().stream().mapToLong(Tally::count).sum();
    }

    /** The counts for the user: successes first, then each code with the place of its first request. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ok ");
        Tally ok = tallies.get(OK);
        text.append(ok == null ? 0 : ok.count());
        tallies.forEach((code, tally) -> {
            if (code != OK) {
                text.append(", ")
                        .append(code)
                        .append(' ')
                        .append(tally.count())
                        .append(" (first at ")
                        .append(tally.first())
                        .append(')');
            }
        });
        return text.toString();
    }
}
