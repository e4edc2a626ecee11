package io.playgrant.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Figures of a process, as Linux tells them in {@code /proc}.
 *
 * @param pid the process
 */
public record ProcessFigures(long pid) {

    /** The unit of processor times on Linux, whatever the kernel's own is (proc(5), USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /** The processor time that the process has used, in seconds. */
    public double processorSeconds() throws IOException {
        String stat = Files.readString(file("stat"));
        // The name in parentheses may contain spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /** The resident memory, in megabytes (1,000,000 bytes). */
    public double residentMegabytes() throws IOException {
        return status("VmRSS:") * 1_024 / 1e6;
    }

    /** The largest resident memory so far, in megabytes (1,000,000 bytes). */
    public double mostResidentMegabytes() throws IOException {
        return status("VmHWM:") * 1_024 / 1e6;
    }

    public long threads() throws IOException {
        return status("Threads:");
    }

    /** The number of open files, connections included. */
    public long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(file("fd"))) {
            return files.count();
        }
    }

    /** The number of open sockets. */
    public long sockets() throws IOException {
        try (Stream<Path> files = Files.list(file("fd"))) {
            return files.filter(ProcessFigures::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    /** The command line. */
    public List<String> command() throws IOException {
        return List.of(Files.readString(file("cmdline")).split("\0", -1));
    }

    /** The program that runs. */
    public Path program() throws IOException {
        return Files.readSymbolicLink(file("exe"));
    }

    private long status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(file("status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name));
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
