package io.playgrant.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.JavaProcess;
import io.playgrant.cli.TerminatedWriter;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationTest {

    @Test
    void database_canBeWrittenToAfterTheSignal(@TempDir Path folder) throws Exception {
        Process process = JavaProcess.builder(
                        Map.of(),
                        List.of("-Dplaygrant.log.level=ERROR"),
                        TerminatedWriter.class.getName(),
                        List.of(folder.toString()))
                .redirectErrorStream(true)
                .start();
        try {
            JavaProcess.awaitLine(process, TerminatedWriter.READY);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(new Installation(database).fact("at-the-end-99")).contains("noted");
        }
    }
}
