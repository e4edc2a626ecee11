package io.playgrant.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.storage.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is H2's own of records in the embedded database. */
class EmbeddedRecordsTest {

    @Test
    void pages_areReadInTheOrderOfTheIndex(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(plan(database, "record", "at")).contains("record_by_account_and_time", "/* index sorted */");
            assertThat(plan(database, "record_block", "newest"))
                    .contains("record_block_by_account_and_time", "/* index sorted */");
        }
    }

    private static String plan(Database database, String table, String time) {
        return database.withHandle(handle -> handle.createQuery("""
                        explain select * from %1$s
                         where account = 1 and environment = 'test' and %2$s >= timestamp '2026-01-01 00:00:00'
                           and %2$s <= current_timestamp and (%2$s < current_timestamp or id < 5)
                         order by account, environment, %2$s desc, id desc fetch first 32 rows only
                        """.formatted(table, time))
                .mapTo(String.class)
                .one());
    }
}
