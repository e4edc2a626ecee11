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
            String plan = database.withHandle(
                    handle -> handle.createQuery("""
                        explain select * from record
                         where account = 1 and environment = 'test' and at <= current_timestamp
                         order by account, environment, at desc, id desc fetch first 32 rows only
                        """).mapTo(String.class).one());
            assertThat(plan).containsIgnoringCase("record_by_account_and_time").contains("/* index sorted */");
        }
    }
}
