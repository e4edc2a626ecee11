package io.playgrant.backup;

import io.playgrant.storage.Database;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The sequences that make up an installation. */
final class Sequences {

    static final List<String> KEPT = List.of("account_number");

    private Sequences() {}

    /** The next number of each sequence. Must be read after the tables, so that no row has a greater number: sequences are not transactional. */
    static Map<String, Long> read(Database database, Handle handle) {
        Map<String, Long> next = new TreeMap<>();
        KEPT.forEach(sequence -> next.put(sequence, database.nextNumber(handle, sequence)));
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
