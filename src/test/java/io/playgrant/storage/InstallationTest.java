package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@EachDatabase
class InstallationTest {

    @Test
    void fact_isWhatWasNoted(TestDatabase databases) {
        try (Database database = databases.open()) {
            Installation installation = new Installation(database);
            assertThat(installation.fact("name")).isEmpty();
            assertThat(installation.note("name", "fact")).isEqualTo("fact");
            assertThat(installation.fact("name")).contains("fact");
            assertThat(installation.fact("Name")).isEmpty();
        }
    }

    @Test
    void note_leavesAFactThatIsKnown(TestDatabase databases) {
        try (Database database = databases.open()) {
            Installation installation = new Installation(database);
            installation.note("name", "fact");
            assertThat(installation.note("name", "another")).isEqualTo("fact");
            assertThat(installation.fact("name")).contains("fact");
        }
    }
}
