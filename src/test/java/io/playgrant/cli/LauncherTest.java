package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./playgrant}, in a folder whose name has a space, with stand-ins for Maven and Java that write down how they were called. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path home;
    private Path calls;
    private String path;
    private String javaOpts = "";
    private Map<String, String> locale = Map.of();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void copyLauncher() throws IOException {
        home = Files.createDirectories(folder.resolve("my home"));
        calls = folder.resolve("calls");
        path = folder.resolve("jdk/bin") + ":" + System.getenv("PATH");
        Files.createDirectories(home.resolve("src/main/java"));
        Files.writeString(home.resolve("src/main/java/A.java"), "");
        Files.writeString(home.resolve("pom.xml"), "");
        Files.copy(Path.of("playgrant"), home.resolve("playgrant"));
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        script(
                bin.resolve("mvn"),
                "echo mvn >> '" + calls + "'; echo building; mkdir -p target; : > target/playgrant.jar");
        script(bin.resolve("java"), "for a; do printf '[%s]' \"$a\"; done; umask");
        makeOld();
    }

    @Test
    void firstUse_builds_andLaterOnesDoNot() throws Exception {
        run("token", "explain");
        run("token", "explain");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void changedAddedOrDeletedSource_isBuiltAgain() throws Exception {
        run();
        Files.setLastModifiedTime(
                home.resolve("src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        run();
        assertThat(builds()).isEqualTo(2);
        makeOld();
        Files.delete(home.resolve("src/main/java/A.java"));
        Files.setLastModifiedTime(
                home.resolve("src/main/java"), FileTime.from(Instant.now().plusSeconds(5)));
        run();
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void linkInAnotherFolder_runsTheRealOne() throws Exception {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, Path.of("my home", "playgrant"));
        assertThat(run(link).out()).contains("[-Dplaygrant.home=" + home + "]");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void failedBuild_endsWithStatus1_andIsTriedAgain() throws Exception {
        script(folder.resolve("jdk/bin/mvn"), "echo mvn >> '" + calls + "'; exit 3");
        assertThat(run().status()).isEqualTo(1);
        assertThat(run().status()).isEqualTo(1);
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void builtBefore_needsNoMaven() throws Exception {
        run();
        Files.delete(folder.resolve("jdk/bin/mvn"));
        path = pathWith("dirname", "find", "head").toString();
        assertThat(run().status()).isZero();
        Files.delete(home.resolve("target/playgrant.jar"));
        assertThat(run().status()).isEqualTo(1);
    }

    @Test
    void withoutSources_runsTheJarBesideIt_withItsOptionsForTheServer() throws Exception {
        Files.delete(home.resolve("pom.xml"));
        Files.writeString(home.resolve("serve.options"), "");
        assertThat(run("serve").out())
                .startsWith("[@" + home + "/serve.options][-XX:")
                .contains("[-jar][" + home + "/playgrant.jar]");
        assertThat(run("account", "list").out()).startsWith("[-XX:").contains("[-jar][" + home + "/playgrant.jar]");
        assertThat(calls).doesNotExist();
    }

    @Test
    void arguments_arriveAsTheyAre_andOnlyTheProgramWritesToStandardOutput() throws Exception {
        Output output = run("account", "create", "--name", "two words", "*");
        assertThat(output.out())
                .startsWith("[-XX:")
                .contains("[-Dplaygrant.home=" + home + "]")
                .endsWith("[account][create][--name][two words][*]0077\n")
                .doesNotContain("building");
    }

    @Test
    void collectorOfJavaOpts_isTheOnlyOne() throws Exception {
        assertThat(run("account", "list").out()).contains("[-XX:+UseSerialGC]");
        javaOpts = "-Xmx64m -XX:+UseG1GC";
        assertThat(run("account", "list").out())
                .contains("[-Xmx64m][-XX:+UseG1GC]")
                .doesNotContain("SerialGC");
    }

    @Test
    void serve_isToldWhetherThereIsATerminal() throws Exception {
        assertThat(run("serve").out()).contains("[-Dplaygrant.terminal=false]").endsWith("[serve]0077\n");
    }

    @Test
    void batch_hasLittleMemory_andIsToldWhetherThereIsATerminal() throws Exception {
        assertThat(run("batch", "-").out())
                .startsWith("[-XX:+ExitOnOutOfMemoryError][-Xmx256m][-XX:+UseSerialGC]")
                .contains("[-Dplaygrant.terminal=false]")
                .endsWith("[batch][-]0077\n");
        javaOpts = "-Xmx1g -XX:+UseG1GC";
        assertThat(run("batch", "-").out())
                .contains("[-Xmx256m][-Xmx1g][-XX:+UseG1GC]")
                .doesNotContain("SerialGC");
    }

    @Test
    void batch_hasNoOptimizingCompiler_unlessJavaOptsSaySo() throws Exception {
        assertThat(run("batch", "-").out()).contains("[-XX:TieredStopAtLevel=1]");
        javaOpts = "-XX:TieredStopAtLevel=4";
        assertThat(run("batch", "-").out())
                .contains("[-XX:TieredStopAtLevel=4]")
                .doesNotContain("Level=1");
    }

    @Test
    void keyImport_isRunLikeBatch_otherCommandsOfKeysAreNot() throws Exception {
        assertThat(run("key", "import", "-").out())
                .startsWith("[-XX:+ExitOnOutOfMemoryError][-Xmx256m][-XX:+UseSerialGC]")
                .contains("[-Dplaygrant.terminal=false]")
                .endsWith("[key][import][-]0077\n");
        assertThat(run("key", "list").out()).doesNotContain("-Xmx256m").endsWith("[key][list]0077\n");
        assertThat(run("batch").out()).contains("-Xmx256m").endsWith("[batch]0077\n");
    }

    @Test
    void java_isStartedInALocaleOfUtf8() throws Exception {
        script(folder.resolve("jdk/bin/java"), "echo $LC_ALL");
        script(
                folder.resolve("jdk/bin/locale"),
                "case $1-$LC_ALL in -a*) echo C; echo xx_XX.utf8 ;;"
                        + " charmap-xx_XX.utf8 | charmap-de_DE.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;; esac");
        locale = Map.of("LANG", "de_DE.UTF-8", "LC_TIME", "not_INSTALLED.UTF-8");
        assertThat(run("serve").out()).isEqualTo("de_DE.UTF-8\n");
        locale = Map.of("LC_ALL", "not_INSTALLED.UTF-8", "LC_CTYPE", "de_DE.UTF-8");
        assertThat(run("serve").out()).isEqualTo("de_DE.UTF-8\n");
        locale = Map.of("LC_ALL", "C", "LANG", "POSIX");
        assertThat(run("serve").out()).isEqualTo("xx_XX.utf8\n");
        locale = Map.of();
        assertThat(run("serve").out()).isEqualTo("xx_XX.utf8\n");
    }

    @Test
    void withoutTheCommandLocale_java_isStartedInThatOfC() throws Exception {
        run();
        script(folder.resolve("jdk/bin/java"), "echo $LC_ALL");
        path = pathWith("dirname", "find", "head").toString();
        locale = Map.of("LC_ALL", "POSIX");
        assertThat(run("serve").out()).isEqualTo("C.UTF-8\n");
    }

    @Test
    void shortCommand_isToldWhetherThereIsATerminal() throws Exception {
        assertThat(run("backup", "-").out())
                .contains("[-Dplaygrant.terminal=false]")
                .endsWith("[backup][-]0077\n");
    }

    @Test
    void closedStandardStreams_areNotLeftToTheNextFilesThatJavaOpens() throws Exception {
        Path told = folder.resolve("told");
        script(
                folder.resolve("jdk/bin/java"),
                "in=$(readlink /proc/$$/fd/0); out=$(readlink /proc/$$/fd/1); echo \"$in $out\" >'" + told
                        + "'; echo lost && echo written >>'" + told + "'");
        String launcher = home.resolve("playgrant").toString();
        for (String streams : List.of("<&- >&-", "<&- >&- 2>&-")) {
            run(Path.of("/bin/sh"), "-c", "exec \"$1\" account list " + streams, "sh", launcher);
            assertThat(told).hasContent("/dev/null /dev/null\n");
        }
    }

    @Test
    void server_hasTheSerialCollectorAndASmallHeap_unlessOptionsOrProcessorsSayOtherwise() throws Exception {
        script(folder.resolve("jdk/bin/nproc"), "echo 4");
        String small = "[-Xms96m][-Xmx512m][-Xmn72m][-XX:SurvivorRatio=7][-XX:+UseSerialGC]";
        assertThat(run("serve").out()).contains(small);
        javaOpts = "-Xmx100m";
        assertThat(run("serve").out()).contains("[-XX:+UseSerialGC][-Xmx100m]").doesNotContain("-Xms", "-Xmn");
        javaOpts = "-XX:MaxRAMPercentage=50";
        assertThat(run("serve").out())
                .contains("[-Xmn72m][-XX:SurvivorRatio=7][-XX:+UseSerialGC]")
                .doesNotContain("-Xms", "-Xmx");
        javaOpts = "-XX:+UseZGC";
        assertThat(run("serve").out()).contains("[-XX:+UseZGC]").doesNotContain("Serial", "-Xm");
        javaOpts = "";
        Files.writeString(home.resolve("serve.options"), "-Xms1g\n-XX:+UseG1GC\n");
        assertThat(run("serve").out())
                .startsWith("[@" + home + "/serve.options]")
                .doesNotContain("Serial", "-Xm");
        Files.delete(home.resolve("serve.options"));
        script(folder.resolve("jdk/bin/nproc"), "echo 5");
        assertThat(run("serve").out()).doesNotContain("-Xm", "GC]");
        assertThat(run("batch", "-").out()).contains("[-XX:+UseSerialGC]");
    }

    @Test
    void demo_serves_soThatNewerJavaIsToldThatTheUseOfUnsafeIsKnown() throws Exception {
        useJava("25.0.3");
        assertThat(run("demo", "--port", "0").out())
                .contains("[--sun-misc-unsafe-memory-access=allow]")
                .endsWith("[demo][--port][0]0077\n");
        useJava("17.0.9");
        assertThat(run("demo").out()).doesNotContain("unsafe");
    }

    @Test
    void classCache_isMadeOnce_andUsedByAllCommands() throws Exception {
        useJava("25.0.3");
        assertThat(run("serve").out())
                .contains("[-Dplaygrant.trainer=" + home + "/playgrant]", "[--sun-misc-unsafe-memory-access=allow]")
                .doesNotContain("AOT");
        assertThat(run("train")).isEqualTo(new Output(0, ""));
        Path cache = theCache();
        for (String[] command :
                List.of(new String[] {"serve"}, new String[] {"batch", "-"}, new String[] {"account", "list"})) {
            assertThat(run(command).out())
                    .contains("[-Xlog:aot*=off,cds*=off][-XX:AOTCache=" + cache + "]")
                    .doesNotContain("trainer");
        }
        assertThat(home.resolve("target/.training")).doesNotExist();
    }

    @Test
    void classCacheOfAnotherJarOrJava_isNotUsed_andReplaced() throws Exception {
        useJava("25.0.3");
        run("train");
        Path first = theCache();
        Files.writeString(home.resolve("target/playgrant.jar"), "changed");
        assertThat(run("serve").out()).contains("trainer").doesNotContain("AOT");
        run("train");
        Path second = theCache();
        assertThat(second).isNotEqualTo(first);
        useJava("26");
        assertThat(run("serve").out()).contains("trainer").doesNotContain("AOT");
        run("train");
        assertThat(theCache()).isNotEqualTo(second);
        Files.createDirectory(home.resolve("target/lib"));
        Files.setLastModifiedTime(
                Files.createFile(home.resolve("target/lib/a.jar")),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("serve").out()).contains("trainer").doesNotContain("AOT");
    }

    @Test
    void classCache_isNeitherMadeNorUsed_withOlderJava_withOptionsThatItDoesNotFit_orIfSwitchedOff() throws Exception {
        useJava("24.0.1");
        assertThat(run("serve").out()).doesNotContain("AOT", "trainer");
        assertThat(run("train")).isEqualTo(new Output(0, ""));
        useJava("25");
        run("train");
        theCache();
        for (String options : List.of(
                "-XX:+UseZGC",
                "-javaagent:a.jar",
                "-agentlib:jdwp",
                "-XX:+UseCompactObjectHeaders",
                "-XX:AOTCache=a")) {
            javaOpts = options;
            assertThat(run("serve").out()).doesNotContain("-XX:AOTCache=" + home, "trainer");
        }
        javaOpts = "";
        assertThat(run("serve").out()).contains("-XX:AOTCache=");
        environment = Map.of("PLAYGRANT_CLASS_CACHE", "off");
        assertThat(run("serve").out()).doesNotContain("AOT", "trainer");
    }

    @Test
    void failedTraining_leavesNothing() throws Exception {
        useJava("25");
        run();
        script(folder.resolve("jdk/bin/java"), "exit 3");
        assertThat(run("train").status()).isEqualTo(1);
        assertThat(caches()).isEmpty();
        assertThat(home.resolve("target/.training")).doesNotExist();
    }

    @Test
    void secondTraining_leavesTheFirstAlone() throws Exception {
        useJava("25");
        run();
        Path first = Files.createDirectory(home.resolve("target/.training"));
        assertThat(run("train").status()).isEqualTo(1);
        assertThat(first).isDirectory();
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(run("train").status()).isZero();
        theCache();
        assertThat(first).doesNotExist();
    }

    @Test
    void terminatedTraining_endsItsJava_andLeavesNothing() throws Exception {
        useJava("25");
        run();
        Path pid = folder.resolve("pid");
        script(folder.resolve("jdk/bin/java"), "echo $$ >'" + pid + "'; exec sleep 600");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("playgrant").toString(), "train");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process training = builder.start();
        await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        training.destroy();
        assertThat(training.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(training.exitValue()).isEqualTo(1);
        long java = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(java).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(home.resolve("target/.training")).doesNotExist();
        assertThat(caches()).isEmpty();
    }

    /** Makes the stand-in for Java one of this version, which makes a cache when it is told to. */
    private void useJava(String version) throws IOException {
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"N\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(
                folder.resolve("jdk/bin/java"),
                "for a; do printf '[%s]' \"$a\"; done; umask\n"
                        + "case \"$*\" in *AOTMode=create*) for a; do case $a in -XX:AOTCache=*)"
                        + " echo c >\"${a#*=}\" ;; esac; done ;; esac");
    }

    private Path theCache() throws IOException {
        assertThat(caches()).hasSize(1);
        return caches().get(0);
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    private record Output(int status, String out) {}

    private Output run(String... arguments) throws Exception {
        return run(home.resolve("playgrant"), arguments);
    }

    private Output run(Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(locale);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_OPTS", javaOpts);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Output(process.exitValue(), Files.readString(out));
    }

    /** A folder of links to these tools of the system and to nothing else. */
    private Path pathWith(String... tools) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : tools) {
            Path found = Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(tool), found);
        }
        return bin;
    }

    private long builds() throws IOException {
        return Files.readAllLines(calls).size();
    }

    /** File times are compared by the second on some file systems. */
    private void makeOld() throws IOException {
        FileTime old = FileTime.from(Instant.now().minusSeconds(60));
        for (String name : new String[] {"pom.xml", "src/main/java/A.java", "src/main/java", "src/main"}) {
            if (Files.exists(home.resolve(name))) {
                Files.setLastModifiedTime(home.resolve(name), old);
            }
        }
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
