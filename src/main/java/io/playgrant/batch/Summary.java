package io.playgrant.batch;

import io.playgrant.batch.row.Place;
import io.playgrant.error.ErrorMessage;
import java.util.Map;
import java.util.TreeMap;

/** How many results of each kind there were. */
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
     * @param place where its request stands
     */
    void add(TokenResult result, Place place) {
        ErrorMessage error = result.error();
        tallies.merge(error == null ? OK : error.code(), new Tally(1, place), Tally::plus);
    }

    /** Counts what comes later in the file. */
    void add(Summary later) {
        later.tallies.forEach((code, tally) -> tallies.merge(code, tally, Tally::plus));
    }

    /** Whether every request got its token. */
    public boolean isAllWell() {
        return tallies.keySet().stream().allMatch(code -> code == OK);
    }

    /** How many results there were. */
    public long count() {
        return tallies.values().stream().mapToLong(Tally::count).sum();
    }

    /** For people: successes first, then each code with the place of its first request. */
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
