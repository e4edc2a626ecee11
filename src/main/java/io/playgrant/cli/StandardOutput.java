package io.playgrant.cli;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.ResultSink;
import java.io.PrintStream;

/** Results to whoever reads standard output. */
final class StandardOutput implements ResultSink {

    private final PrintStream out;

    StandardOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] lines) {
        out.write(lines, 0, lines.length);
        sync();
    }

    @Override
    public void sync() {
        if (out.checkError()) {
            throw new BatchException("Standard output cannot be written to; its reader may have gone");
        }
    }
}
