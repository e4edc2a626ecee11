package io.playgrant.cli;

import io.playgrant.TemporaryFolder;
import io.playgrant.cli.PackagedProgram.Server;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the packaged program's classes, parsed and verified, which Java maps into memory (class-data sharing). With it, a server
 * starts in about half the processor time. The first test of a build that needs it makes it.
 */
final class SharedClasses {

    private static final Path FOLDER = Path.of("target", "class-data");
    private static final int PATIENCE_MINUTES = 5;

    private SharedClasses() {}

    private static final class Archive {
        private static final List<String> OPTIONS = make();
    }

    /** What tells Java to use the archive; nothing if this Java could not make one. */
    static List<String> options() {
        return Archive.OPTIONS;
    }

    private static List<String> make() {
        try {
            Files.createDirectories(FOLDER);
            Path archive = FOLDER.resolve(Files.getLastModifiedTime(Path.of(PackagedProgram.JAR))
                            .toMillis() + "-" + Runtime.version() + ".jsa");
            try (FileChannel file = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (lock.isValid() && !Files.exists(archive)) {
                    dump(archive);
                }
            }
            return Files.size(archive) > 0 ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Leaves an empty file if Java fails. */
    private static void dump(Path archive) throws IOException, InterruptedException {
        deleteArchives();
        Path dumped = FOLDER.resolve("dumped.jsa");
        Path classes = FOLDER.resolve("classes.list");
        try (TemporaryFolder data = TemporaryFolder.create()) {
            Files.write(classes, load(data.path()));
            Process dump = PackagedProgram.start(
                    data.path(),
                    List.of("-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + dumped));
            if (dump.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) && dump.exitValue() == 0) {
                Files.move(dumped, archive);
            } else {
                dump.destroyForcibly();
                System.err.println("Java made no archive of the program's classes: the tests' processes start slowly");
                Files.createFile(archive);
            }
        }
    }

    /** Those of older builds. */
    private static void deleteArchives() throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(FOLDER, "*.jsa")) {
            for (Path archive : archives) {
                Files.delete(archive);
            }
        }
    }

    /** The classes that commands and a server load, as Java lists them. */
    private static Set<String> load(Path data) throws IOException, InterruptedException {
        Path list = FOLDER.resolve("loaded.list");
        List<String> options = List.of("-XX:DumpLoadedClassList=" + list);
        PackagedProgram.start(data, options, "account", "create", "--name", "N", "--json")
                .waitFor();
        Set<String> classes = new LinkedHashSet<>(Files.readAllLines(list));
        try (Server server = PackagedProgram.serve(data, Map.of(), options)) {
            server.terminate();
        }
        classes.addAll(Files.readAllLines(list));
        // Java 17 crashes when it archives lambdas.
        classes.removeIf(line -> line.startsWith("@"));
        return classes;
    }
}
