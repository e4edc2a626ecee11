package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.PackagedProgram.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output as a shell gives it: a full device, none at all, and pipes. */
class OutputIT {

    private static final String SENTENCE =
            "playgrant: Standard output cannot be written to: it is closed or full, or its reader has gone";

    private Path folder;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void fullOutput_isAFailure_andAccountsAreMadeOnlyIfTheyCanBeShown() throws Exception {
        Finished run = run("""
                for command in '--help' '--version' 'account create --name Lost --json' 'account list'; do
                    playgrant $command >/dev/full
                    echo $?
                done
                playgrant account list
                """);
        assertThat(run.out()).matches("1\n1\n1\n1\nACCOUNT [^\n]*\n");
        assertThat(run.err())
                .isEqualTo(
                        SENTENCE + "\n" + SENTENCE + "\n" + SENTENCE + "; no account was created\n" + SENTENCE + "\n");
    }

    @Test
    void closedOutput_isAFailure_andNoFileTakesItsPlace() throws Exception {
        Finished run = run("""
                playgrant account create --name Lost >&-
                echo $?
                playgrant --version >&-
                echo $?
                playgrant account list
                """);
        assertThat(run.out()).matches("1\n1\nACCOUNT [^\n]*\n");
        assertThat(run.err()).isEqualTo(SENTENCE + "; no account was created\n" + SENTENCE + "\n");
    }

    @Test
    void outputWhoseReaderHasGone_isAFailure() throws Exception {
        Finished run = run("""
                mkfifo "$FOLDER/gone"
                {
                    read line <"$FOLDER/gone"
                    playgrant config check
                    echo $? >"$FOLDER/status"
                } | {
                    exec <&-
                    echo now >"$FOLDER/gone"
                }
                cat "$FOLDER/status"
                """);
        assertThat(run.out()).isEqualTo("1\n");
        assertThat(run.err()).isEqualTo(SENTENCE + "\n");
    }

    @Test
    void backup_isRestoredThroughAPipe() throws Exception {
        Finished run = run("""
                playgrant ring init >&2 &&
                    playgrant backup - | PLAYGRANT_DATA_DIR="$FOLDER/new/data" playgrant restore - >&2
                playgrant ring list
                PLAYGRANT_DATA_DIR="$FOLDER/new/data" playgrant ring list
                playgrant backup - >/dev/full
                """);
        assertThat(run.err())
                .contains("was restored into " + folder.resolve("new/data"))
                .endsWith(SENTENCE + "\n");
        String ring = run.out().substring(0, run.out().length() / 2);
        assertThat(ring).startsWith("ENVIRONMENT ").hasLineCount(3);
        assertThat(run.out()).isEqualTo(ring + ring);
        assertThat(run.status()).isEqualTo(1);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".restore"));
        }
    }

    private Finished run(String script) throws Exception {
        return PackagedProgram.runScript(
                Map.of("PLAYGRANT_DATA_DIR", folder.resolve("data").toString(), "FOLDER", folder.toString()), script);
    }
}
