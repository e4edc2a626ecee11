package io.playgrant.cli.terminal;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.ResultSink;
import io.playgrant.storage.StorageException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Writes results to standard output, or to another pipe or device. */
public final class StandardOutput implements ResultSink, AutoCloseable {

    /** The names of standard output. */
    private static final Set<String> NAMES = Set.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    /** Java does not report the reason. */
    private static final String FAILURE = " cannot be written to: it is closed or full, or its reader has gone";

    static final String UNWRITABLE = "Standard output" + FAILURE;

    private final String name;
    private final PrintStream out;

    private StandardOutput(String name, PrintStream out) {
        this.name = name;
        this.out = out;
    }

    /** Whether an argument names standard output. */
    public static boolean isStandard(String name) {
        return NAMES.contains(name);
    }

    /** Whether an argument names standard output, a pipe or a device, rather than a file to which a later run could append. */
    public static boolean isNamed(String name) {
        Path path = Path.of(name);
        return isStandard(name) || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
    }

    public static StandardOutput open(String name) {
        if (isStandard(name)) {
            return new StandardOutput("Standard output", System.out);
        }
        try {
            return new StandardOutput(name, new PrintStream(new FileOutputStream(name), false, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BatchException(name + " cannot be written: " + StorageException.reason(e));
        }
    }

    /** Whether any output so far could not be written. */
    public static boolean hasFailed(PrintWriter printed) {
        // A PrintWriter does not notice failures of the PrintStream below it.
        return printed.checkError() || System.out.checkError();
    }

    /** A stream of bytes that throws {@link OutputException} if a write fails. */
    public static OutputStream bytes(PrintStream out) {
        return new OutputStream() {

            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                out.write(bytes, offset, length);
                if (out.checkError()) {
                    throw new OutputException("");
                }
            }
        };
    }

    @Override
    public void write(byte[] lines) {
        out.write(lines, 0, lines.length);
        sync();
    }

    @Override
    public void sync() {
        if (out.checkError()) {
            throw new BatchException(name + FAILURE);
        }
    }

    @Override
    public void close() {
        if (out != System.out) {
            out.close();
        }
    }
}
