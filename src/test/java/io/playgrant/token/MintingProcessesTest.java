package io.playgrant.token;

import static io.playgrant.token.SampleTokens.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.JavaProcess;
import io.playgrant.account.Environment;
import io.playgrant.files.DataFolder;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.time.Schedule;
import io.playgrant.token.sealing.CoseEncrypt;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MintingProcessesTest {

    private static final Path OUTPUT = Path.of("target", "process-output");
    private static final int PROCESSES = 2;
    private static final int EACH = 5_000;

    @AutoClose
    private final Schedule schedule = new Schedule();

    @TempDir
    Path folder;

    @Test
    void mint_byTwoProcessesWithOneRingNeverRepeatsANonce() throws Exception {
        try (Database database = Database.openEmbedded(folder);
                KeyRingFile ring = KeyRingFile.open(
                        DataFolder.open(folder), new Installation(database), SampleTokens.RANDOM, schedule)) {
            String keyId = ring.get().active(Environment.PRODUCTION).id();

            List<CoseEncrypt> messages = messagesOfAllProcesses();

            Set<String> keyIds = new HashSet<>();
            Set<String> derivedKeys = new HashSet<>();
            Set<String> nonces = new HashSet<>();
            for (CoseEncrypt message : messages) {
                String derivedKey = hex(message.keyId()) + ":" + hex(message.salt());
                keyIds.add(hex(message.keyId()));
                derivedKeys.add(derivedKey);
                nonces.add(derivedKey + ":" + hex(message.iv()));
            }
            assertThat(messages).hasSize(PROCESSES * EACH);
            assertThat(keyIds).containsExactly(keyId);
            assertThat(derivedKeys).hasSize(PROCESSES);
            assertThat(nonces).hasSize(PROCESSES * EACH);
        }
    }

    private List<CoseEncrypt> messagesOfAllProcesses() throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try {
            for (int n = 0; n < PROCESSES; n++) {
                Path file = folder.resolve("tokens-" + n);
                files.add(file);
                processes.add(start(file));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        List<CoseEncrypt> messages = new ArrayList<>();
        for (Path file : files) {
            for (String token : Files.readAllLines(file)) {
                messages.add(CoseEncrypt.decode(Base64.getUrlDecoder().decode(token)));
            }
        }
        return messages;
    }

    private Process start(Path file) throws IOException {
        Files.createDirectories(OUTPUT);
        return JavaProcess.builder(
                        Map.of(),
                        List.of(),
                        MintingProcess.class.getName(),
                        List.of(folder.toString(), file.toString(), Integer.toString(EACH)))
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.resolve(file.getFileName() + ".txt").toFile())
                .start();
    }
}
