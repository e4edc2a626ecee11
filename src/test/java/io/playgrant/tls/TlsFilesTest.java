package io.playgrant.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.CapturedLog;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(15);
    private static final TestCertificate OLD = TestCertificate.create();
    private static final TestCertificate NEW = TestCertificate.create("RSA");

    @AutoClose
    private final Schedule schedule = new Schedule();

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(TlsFiles.class);

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void writeFilesAndListen() throws IOException {
        certificate = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        OLD.write(certificate, key);
    }

    @Test
    void keyStore_holdsCertificateAndKey() throws Exception {
        try (TlsFiles files = open()) {
            assertThat(used(files)).isEqualTo(OLD.certificate());
            assertThat(files.keyStore()
                            .getKey("server", TlsFiles.password().toCharArray())
                            .getEncoded())
                    .isEqualTo(OLD.keys().getPrivate().getEncoded());
            assertThat(lines()).isEmpty();
        }
    }

    @Test
    void changedFiles_areReadAgain() throws Exception {
        try (TlsFiles files = open()) {
            NEW.write(certificate, key);
            await().atMost(SOME_SECONDS).until(() -> used(files).equals(NEW.certificate()));
            await().atMost(SOME_SECONDS)
                    .until(() -> lines().equals(List.of("INFO The certificate was reloaded: CN=Playgrant test")));
        }
    }

    @Test
    void linkThatPointsElsewhere_isAChange() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live"));
        Path next = Files.createDirectory(folder.resolve("next"));
        OLD.write(live.resolve("chain.pem"), live.resolve("key.pem"));
        NEW.write(next.resolve("chain.pem"), next.resolve("key.pem"));
        Path link = Files.createSymbolicLink(folder.resolve("current"), live);
        try (TlsFiles files =
                TlsFiles.open(link.resolve("chain.pem"), link.resolve("key.pem"), Clock.systemUTC(), schedule)) {
            Path other = Files.createSymbolicLink(folder.resolve("other"), next);
            Files.move(other, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(SOME_SECONDS).until(() -> used(files).equals(NEW.certificate()));
        }
    }

    @Test
    void changeThatCannotBeUsed_leavesTheOldPair_andIsToldOnce() throws Exception {
        try (TlsFiles files = open()) {
            Files.writeString(key, NEW.keyPem());
            String complaint = "ERROR The previous certificate remains in use. The file " + key
                    + " (PLAYGRANT_TLS_KEY) contains a key that does not match the first certificate in " + certificate
                    + " (PLAYGRANT_TLS_CERTIFICATE)";
            await().atMost(SOME_SECONDS).until(() -> !lines().isEmpty());
            await().during(Duration.ofMillis(2_500))
                    .atMost(SOME_SECONDS)
                    .until(() -> lines().equals(List.of(complaint)));
            assertThat(used(files)).isEqualTo(OLD.certificate());
            assertThat(files.problem()).contains(complaint.substring(complaint.indexOf("The file ")));

            Files.writeString(certificate, NEW.pem());
            await().atMost(SOME_SECONDS).until(() -> used(files).equals(NEW.certificate()));
            await().atMost(SOME_SECONDS).until(() -> files.problem().isEmpty());
        }
    }

    @Test
    void filesThatAreTakenAway_leaveTheOldPair() throws Exception {
        try (TlsFiles files = open()) {
            Files.delete(certificate);
            Files.delete(key);
            await().atMost(SOME_SECONDS).until(() -> !lines().isEmpty());
            assertThat(lines())
                    .containsExactly("ERROR The previous certificate remains in use. The file " + certificate
                            + " (PLAYGRANT_TLS_CERTIFICATE) cannot be read: there is no such file or folder");
            assertThat(used(files)).isEqualTo(OLD.certificate());
        }
    }

    @Test
    void expiredCertificate_isUsed_andWarnedOf() throws Exception {
        Instant from = Instant.parse("2020-01-01T00:00:00Z");
        TestCertificate expired = TestCertificate.create("EC", from, Duration.ofDays(1));
        expired.write(certificate, key);
        try (TlsFiles files = open()) {
            assertThat(used(files)).isEqualTo(expired.certificate());
            assertThat(lines())
                    .containsExactly("WARN The certificate in " + certificate
                            + " (PLAYGRANT_TLS_CERTIFICATE) has expired: it was valid until 2020-01-02T00:00:00Z");
            assertThat(files.problem()).contains(lines().get(0).substring("WARN ".length()));
        }
    }

    @Test
    void open_failsWithoutAPair() throws IOException {
        Files.delete(key);
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessage("The file " + key + " (PLAYGRANT_TLS_KEY) cannot be read: there is no such file or folder");
    }

    private TlsFiles open() {
        return TlsFiles.open(certificate, key, Clock.systemUTC(), schedule);
    }

    private static Certificate used(TlsFiles files) throws GeneralSecurityException {
        KeyStore store = files.keyStore();
        return store.getCertificate("server");
    }

    private List<String> lines() {
        // What the appender itself locks.
        synchronized (log) {
            return log.events().stream()
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .toList();
        }
    }
}
