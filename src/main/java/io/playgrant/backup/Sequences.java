package io.playgrant.backup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The sequences that make up an installation. */
final class Sequences {

    static final List<String> KEPT = List.of("account_number");

    private Sequences() {}

    /** The next number of each. Sequences know no transactions: read after the tables, no row has a greater number. */
    static Map<String, Long> read(Handle handle) {
        Map<String, Long> next = new TreeMap<>();
        handle.createQuery("""
                        select sequence_name, base_value from information_schema.sequences
                         where sequence_schema = 'public'
                        """)
                .map((row, context) -> Map.entry(row.getString("sequence_name"), row.getLong("base_value")))
                .filter(sequence -> KEPT.contains(sequence.getKey()))
                .forEach(sequence -> next.put(sequence.getKey(), sequence.getValue()));
        return next;
    }

    static void write(Handle handle, Map<String, Long> next) {
        next.forEach((name, number) -> {
            if (!KEPT.contains(name)) {
                throw new IllegalArgumentException("an unknown sequence");
            }
            handle.execute("alter sequence " + name + " restart with " + number);
        });
    }
}
