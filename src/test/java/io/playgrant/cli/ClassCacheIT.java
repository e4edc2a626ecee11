package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and a server that makes its class cache, on a Java that can. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ClassCacheIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Path home;
    private Path log;
    private final List<Process> servers = new ArrayList<>();

    /** As where there are no sources. */
    @BeforeEach
    void install() throws IOException {
        assumeTrue(Runtime.version().feature() >= 25, "Java makes class caches from version 25 on");
        Path repository = Path.of("").toAbsolutePath();
        home = Files.createDirectory(folder.resolve("my home"));
        // Camel reads no routes through a link.
        TestHome.in(home);
        log = folder.resolve("log");
        Files.copy(repository.resolve("playgrant"), home.resolve("playgrant"));
        Files.copy(repository.resolve("target/playgrant.jar"), home.resolve("playgrant.jar"));
        Files.createSymbolicLink(home.resolve("lib"), repository.resolve("target/lib"));
        // Beside other tests, a process of the lowest priority would not get on.
        Path renice = Files.createDirectory(folder.resolve("bin")).resolve("renice");
        Files.writeString(renice, "#!/bin/sh\n");
        Files.setPosixFilePermissions(renice, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process server : servers) {
            terminate(server);
        }
    }

    @Test
    void firstServer_makesTheCache_andTheNextUsesIt_withoutAWordOfJava() throws Exception {
        Process first = serve();
        await().atMost(PATIENCE).until(() -> !caches().isEmpty());
        await().atMost(PATIENCE).until(() -> !Files.exists(home.resolve(".training")));
        assertThat(terminate(first)).isZero();
        assertThat(Files.readString(log)).containsOnlyOnce("A class cache is being made");
        assertThat(caches()).hasSize(1);
        Process second = serve();
        assertThat(Files.readString(Path.of("/proc/" + second.pid() + "/maps")))
                .contains(caches().get(0).toString());
        assertThat(terminate(second)).isZero();
        assertThat(Files.readAllLines(log)).allMatch(line -> line.matches("[0-9]{4}-.*Z INFO .*"));
        assertThat(Files.readString(log)).doesNotContain("cache");
    }

    @Test
    void unusableCache_isNotMentioned() throws Exception {
        Process first = serve();
        terminate(first);
        Path cache = folder.resolve("no-cache");
        Files.writeString(cache, "no cache");
        Process server = serve("-XX:AOTCache=" + cache + " -Xlog:aot*=off,cds*=off");
        assertThat(terminate(server)).isZero();
        assertThat(Files.readAllLines(log)).allMatch(line -> line.matches("[0-9]{4}-.*Z INFO .*"));
    }

    @Test
    void serverThatEnds_endsTheTraining() throws Exception {
        Process server = serve();
        await().atMost(PATIENCE).until(() -> Files.exists(home.resolve(".training")));
        List<ProcessHandle> training = server.descendants().toList();
        assertThat(terminate(server)).isZero();
        await().atMost(PATIENCE).until(() -> training.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(home.resolve(".training")).doesNotExist();
        assertThat(caches()).isEmpty();
    }

    private Process serve() throws IOException {
        return serve("");
    }

    private Process serve(String javaOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("playgrant").toString(), "serve")
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PLAYGRANT_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", javaOptions);
        environment.put("PLAYGRANT_DATA_DIR", folder.resolve("data").toString());
        environment.put("PLAYGRANT_HTTP_PORT", "0");
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "0");
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Process server = builder.start();
        servers.add(server);
        await().atMost(PATIENCE)
                .until(() -> !server.isAlive() || Files.readString(log).contains("Health and metrics on"));
        assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
        return server;
    }

    private static int terminate(Process server) throws InterruptedException {
        server.destroy();
        return server.waitFor();
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }
}
