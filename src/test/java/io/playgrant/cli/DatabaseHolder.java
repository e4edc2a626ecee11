package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that opens an embedded database before others do, so that they have it from there, and that can be made to hang. */
record DatabaseHolder(Process process) implements AutoCloseable {

    static DatabaseHolder of(Path data) throws Exception {
        Process process = JavaProcess.builder(
                        Map.of(), List.of(), "io.playgrant.storage.DatabaseUser", List.of(data.toString(), "a fact"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JavaProcess.awaitLine(process, "ready");
        return new DatabaseHolder(process);
    }

    void hang() throws Exception {
        signal("-STOP");
    }

    void resume() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Kills it. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
