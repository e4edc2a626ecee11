package io.playgrant.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit is correct, and leaves the server few rights. */
class SystemdUnitTest {

    private static final Path UNIT = Path.of("deploy", "systemd", "playgrant.service");

    /** The highest exposure, of 10, in tenths. */
    private static final int MOST_EXPOSURE = 20;

    @TempDir
    Path folder;

    @Test
    void unit_isVerifiedBySystemd() throws Exception {
        assertThat(run("verify", "--man=no")).isEmpty();
    }

    @Test
    void unit_leavesFewRights() throws Exception {
        assertThat(run("security", "--offline=true", "--no-pager", "--threshold=" + MOST_EXPOSURE))
                .contains("Overall exposure level for playgrant.service");
    }

    @Test
    void shutdown_hasTimeToEnd() throws Exception {
        // 10 seconds of PLAYGRANT_SHUTDOWN_SECONDS by default, and 30 more.
        assertThat(Files.readAllLines(UNIT)).contains("TimeoutStopSec=45");
    }

    private String run(String verb, String... options) throws Exception {
        Optional<Path> analyze = ProgramInPath.find("systemd-analyze");
        assumeTrue(analyze.isPresent(), "there is no systemd-analyze in the PATH");
        // The folders of the unit need not exist here.
        String unit = Files.readString(UNIT)
                .replace("/opt/playgrant/playgrant serve", "/bin/sh")
                .replaceAll("(?m)^(User|Group|Documentation|WorkingDirectory)=.*\n", "");
        Path copy = Files.writeString(folder.resolve("playgrant.service"), unit);
        Path output = folder.resolve("output");
        List<String> command = Stream.of(
                        Stream.of(analyze.get().toString(), verb), Stream.of(options), Stream.of(copy.toString()))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
