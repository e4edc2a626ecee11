package io.playgrant.keystore;

import static io.playgrant.keystore.SampleKeys.EK;
import static io.playgrant.keystore.SampleKeys.OWNER;
import static io.playgrant.keystore.SampleKeys.bareKey;
import static io.playgrant.keystore.SampleKeys.kid;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.storage.Database;
import io.playgrant.storage.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyKeysTest {

    /** Nothing else tells PostgreSQL in time that the table is not small any more. */
    @Test
    void createAll_hasTheTableLookedAt_whenItHasGrown() {
        try (TestDatabase databases = TestDatabase.postgresql();
                Database database = databases.open()) {
            SampleKeys.makeAccounts(database);
            DatabaseKeys keys = new DatabaseKeys(database);
            List<StoredKey> many =
                    IntStream.range(0, 1_000).mapToObj(i -> bareKey(kid(i), EK)).toList();
            keys.createAll(OWNER, many.subList(0, 500));
            keys.createAll(OWNER, many.subList(0, 500));
            assertThat(knownRows(database)).isEqualTo(-1);
            keys.createAll(OWNER, many.subList(500, 1_000));
            assertThat(knownRows(database)).isEqualTo(1_000);
            assertThat(keys.count(OWNER)).isEqualTo(1_000);
        }
    }

    /** How many rows the database believes the table to have; -1 if it never looked. */
    private static int knownRows(Database database) {
        return database.withHandle(
                handle -> handle.createQuery("select reltuples from pg_class where relname = 'stored_key'")
                        .mapTo(Integer.class)
                        .one());
    }
}
