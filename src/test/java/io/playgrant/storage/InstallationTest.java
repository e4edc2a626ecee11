package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @Test
    void fact_isWhatWasNoted(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            Installation installation = new Installation(database);
            assertThat(installation.fact("name")).isEmpty();
            installation.note("name", "fact");
            assertThat(installation.fact("name")).contains("fact");
            assertThat(installation.fact("Name")).isEmpty();
        }
    }

    @Test
    void note_refusesAFactThatIsKnown(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            Installation installation = new Installation(database);
            installation.note("name", "fact");
            assertThatThrownBy(() -> installation.note("name", "another")).isInstanceOf(StorageException.class);
            assertThat(installation.fact("name")).contains("fact");
        }
    }
}
