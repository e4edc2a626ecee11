package io.playgrant.app;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.RepeatableRandom;
import io.playgrant.account.Account;
import io.playgrant.account.AccountCache;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.config.Settings;
import io.playgrant.config.TestInstallation;
import io.playgrant.contentkey.KeyId;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.KeyCache;
import io.playgrant.license.RedemptionRetention;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private Path data;
    private Settings settings;

    @BeforeEach
    void prepare(@TempDir Path home) {
        data = home.resolve("data");
        settings = TestInstallation.settings(data);
    }

    @Test
    void open_makesEverything() throws IOException {
        try (Application application = open(1)) {
            assertThat(application.settings()).isSameAs(settings);
            assertThat(application.clock()).isSameAs(CLOCK);
            assertThat(application.dataFolder().path()).isEqualTo(data);
            assertThat(application.accounts().list()).isEmpty();
            assertThat(application.keyRing().get().toString()).matches("KeyRing\\[[0-9a-f]{16}\\*, [0-9a-f]{16}\\*]");
        }
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("hash-key.json"))).isEqualTo("rw-------");
        assertThat(permissions(data.resolve("ring.json"))).isEqualTo("rw-------");
        assertThat(data.resolve("playgrant.mv.db")).isRegularFile();
    }

    @Test
    void open_keepsEverything() throws IOException {
        try (Application application = open(2)) {
            create(application);
        }
        String ring = Files.readString(data.resolve("ring.json"));
        String hashKey = Files.readString(data.resolve("hash-key.json"));
        try (Application application = open(3)) {
            assertThat(application.accounts().list()).extracting(Account::name).containsExactly("First");
        }
        assertThat(data.resolve("ring.json")).hasContent(ring);
        assertThat(data.resolve("hash-key.json")).hasContent(hashKey);
    }

    @Test
    void open_canBeDoneTwiceAtATime() {
        try (Application one = open(4);
                Application two = open(5)) {
            create(one);
            assertThat(two.accounts().find(1001)).map(Account::name).contains("First");
            assertThat(two.keyRing().get()).hasToString(one.keyRing().get().toString());
        }
    }

    @Test
    void open_hasAClockAndRandomnessOfItsOwn() {
        try (Application application = Application.open(settings)) {
            assertThat(application.clock()).isEqualTo(Clock.systemUTC());
        }
        markSecrets();
    }

    @Test
    void open_refusesAMissingHashKeyAndClosesTheDatabase() throws IOException {
        open(6).close();
        Path file = data.resolve("hash-key.json");
        Path away = data.resolve("away.json");
        Files.move(file, away);
        assertThatThrownBy(() -> open(7).close())
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "The key file " + file
                                + " is missing. Without it no stored authenticator can be checked: copy it from another node, or restore a backup");
        assertThat(data.resolve("playgrant.lock.db")).doesNotExist();
        Files.move(away, file);
        open(8).close();
    }

    @Test
    void open_refusesAnUnusableRing() throws IOException {
        open(9).close();
        Files.writeString(data.resolve("ring.json"), "{}");
        assertThatThrownBy(() -> open(10).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The key file " + data.resolve("ring.json") + " ");
    }

    @Test
    void open_refusesAFileInPlaceOfTheFolder() throws IOException {
        Files.writeString(data, "");
        assertThatThrownBy(() -> open(11).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The data folder " + data + " is a file");
    }

    @Test
    void newAccountCache_followsTheDatabase() {
        try (Application application = open(12);
                AccountCache cache = application.newAccountCache()) {
            assertThat(cache).isNotNull();
        }
    }

    @Test
    void newKeyCache_followsTheDatabase() {
        try (Application application = open(14);
                KeyCache cache = application.newKeyCache()) {
            assertThat(cache.find(1001, Environment.TEST, KeyId.ofName("film"))).isEmpty();
        }
    }

    @Test
    void newRevocationCache_andRedemptions_useTheDatabase() {
        try (Application application = open(15);
                RevocationCache cache = application.newRevocationCache();
                RedemptionRetention retention = application.newRedemptionRetention()) {
            Claims token = new ClaimsBuilder().maxRedemptions(1).build();
            assertThat(cache.find(token)).isEmpty();
            assertThat(application.redemptions().used(token)).isZero();
            assertThat(retention).isNotNull();
        }
    }

    @Test
    void close_closesTheDatabase() {
        Application application = open(13);
        application.close();
        assertThatThrownBy(() -> application.accounts().list()).isInstanceOf(StorageException.class);
    }

    private Application open(long seed) {
        Application application = Application.open(settings, CLOCK, new RepeatableRandom(seed));
        markSecrets();
        return application;
    }

    private void markSecrets() {
        for (String file : List.of("ring.json", "hash-key.json")) {
            JwkFile.secrets(JwkFile.read(data.resolve(file)))
                    .forEach(key -> secret(key.getKeyValue().toString()));
        }
    }

    private static void create(Application application) {
        application
                .accounts()
                .create("First", Profile.STRICT, List.of())
                .authenticators()
                .values()
                .forEach(authenticator -> secret(HexFormat.of().formatHex(authenticator.secret())));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
