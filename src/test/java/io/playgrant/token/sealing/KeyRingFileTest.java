package io.playgrant.token.sealing;

import static io.playgrant.token.SampleTokens.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.CapturedLog;
import io.playgrant.TestSecrets;
import io.playgrant.account.Environment;
import io.playgrant.files.DataFolder;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import io.playgrant.token.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRingFileTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(10);
    private static final String SECRET_A = secret("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    private static final String SECRET_B = secret("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
    private static final String SHORT_SECRET = secret("fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8f");
    private static final String ID_A = "0a0a0a0a0a0a0a0a";
    private static final String ID_B = "0b0b0b0b0b0b0b0b";
    private static final String BOTH = keys(key(ID_A, SECRET_A), key(ID_B, SECRET_B));
    private static final String GOOD = file(BOTH, section("production", ID_A, ID_A), section("test", ID_B, ID_B));

    @AutoClose
    private final Schedule schedule = new Schedule();

    @TempDir
    static Path elsewhere;

    private static @Nullable Database database;

    @TempDir
    Path path;

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(KeyRingFile.class);

    @BeforeAll
    static void openDatabase() {
        database = Database.openEmbedded(elsewhere);
    }

    @AfterAll
    static void closeDatabase() {
        Objects.requireNonNull(database).close();
    }

    @Test
    void open_makesAFileThatOnlyItsOwnerReads() throws Exception {
        try (Database empty = Database.openEmbedded(newFolder());
                KeyRingFile ring = open(empty)) {
            assertThat(ring.get().active(Environment.TEST)).isNotNull();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ringJson())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(path)) {
            assertThat(files).containsExactly(ringJson());
        }
    }

    @Test
    void open_makesOneActiveKeyForEachEnvironment() throws Exception {
        try (Database empty = Database.openEmbedded(newFolder());
                KeyRingFile file = open(empty)) {
            RingKey production = file.get().active(Environment.PRODUCTION);
            RingKey test = file.get().active(Environment.TEST);

            JWKSet set = JWKSet.parse(Files.readString(ringJson()));
            Set<String> ids = new HashSet<>();
            Set<String> secrets = new HashSet<>();
            for (OctetSequenceKey key :
                    set.getKeys().stream().map(OctetSequenceKey.class::cast).toList()) {
                ids.add(key.getKeyID());
                secrets.add(TestSecrets.secret(key.getKeyValue().toString()));
                assertThat(key.toByteArray()).hasSize(32);
            }
            assertThat(ids)
                    .containsExactlyInAnyOrder(production.id(), test.id())
                    .allMatch(id -> id.matches("[0-9a-f]{16}"));
            assertThat(secrets)
                    .containsExactlyInAnyOrder(
                            SampleTokens.base64(production.secret()), SampleTokens.base64(test.secret()));
            assertThat(set.getAdditionalMembers())
                    .containsEntry("production", Map.of("active", production.id(), "keys", List.of(production.id())))
                    .containsEntry("test", Map.of("active", test.id(), "keys", List.of(test.id())));
            assertThat(production.environment()).isEqualTo(Environment.PRODUCTION);
            assertThat(test.environment()).isEqualTo(Environment.TEST);
        }
    }

    @Test
    void open_readsTheFileThatIsThere() throws Exception {
        Files.writeString(ringJson(), GOOD);

        try (KeyRingFile file = open()) {
            assertThat(file.get().active(Environment.PRODUCTION).id()).isEqualTo(ID_A);
            assertThat(file.get().active(Environment.PRODUCTION).secret()).isEqualTo(bytes(SECRET_A));
            assertThat(file.get().active(Environment.TEST).id()).isEqualTo(ID_B);
        }

        assertThat(ringJson()).hasContent(GOOD);
    }

    @Test
    void open_readsOldKeysOfAnEnvironment() throws Exception {
        Files.writeString(ringJson(), withOldKey());

        try (KeyRingFile file = open()) {
            assertThat(file.get().active(Environment.PRODUCTION).id()).isEqualTo("0c0c0c0c0c0c0c0c");
            assertThat(file.get().find(ID_A))
                    .hasValueSatisfying(key -> assertThat(key.environment()).isEqualTo(Environment.PRODUCTION));
            assertThat(file.get().find("0d0d0d0d0d0d0d0d")).isEmpty();
        }
    }

    @Test
    void open_makesNoSecondRingWhenTheFirstIsLost() throws Exception {
        try (Database empty = Database.openEmbedded(newFolder())) {
            open(empty).close();
            Files.delete(ringJson());

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> open(empty))
                    .withMessage(
                            "The key file " + ringJson() + " is missing. Without it no issued token can be opened");
            assertThat(ringJson()).doesNotExist();
        }
    }

    @Test
    void open_makesNoSecondRingWhenOneThatWasGivenIsLost() throws Exception {
        Files.writeString(ringJson(), GOOD);
        open().close();
        Files.delete(ringJson());

        assertThatExceptionOfType(StorageException.class).isThrownBy(this::open);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void open_refusesABrokenFileByName(String name, String text, String complaint) throws Exception {
        Files.writeString(ringJson(), text);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(this::open)
                .withMessage("The key file " + ringJson() + " " + complaint)
                .satisfies(KeyRingFileTest::assertNoSecret);
        assertThat(ringJson()).hasContent(text);
    }

    @Test
    void open_refusesAFileThatCannotBeRead() throws Exception {
        Files.createDirectory(ringJson());

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith("The key file " + ringJson() + " cannot be read: ");
    }

    @Test
    void open_refusesAFileThatIsNotUtf8() throws Exception {
        Files.write(ringJson(), new byte[] {'{', (byte) 0xff, '}'});

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith("The key file " + ringJson() + " cannot be read: ");
    }

    static Stream<Arguments> broken() {
        String notASet = "is not a JWK Set";
        String notOct = "contains a key that is not of type oct with a kid";
        String badKid = "contains a kid that is not 16 hexadecimal digits, or the same kid twice";
        String badName = "names a key that it does not contain, or the same key for two environments";
        String production = section("production", ID_A, ID_A);
        String test = section("test", ID_B, ID_B);
        String rsa = "{\"kty\":\"RSA\",\"kid\":\"" + ID_A + "\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
        return Stream.of(
                Arguments.of("empty", "", notASet),
                Arguments.of("not JSON", "oct " + SECRET_A, notASet),
                Arguments.of("cut", GOOD.substring(0, GOOD.length() - 10), notASet),
                Arguments.of("no object", "[" + key(ID_A, SECRET_A) + "]", notASet),
                Arguments.of("no keys", "{" + production + "," + test + "}", notASet),
                Arguments.of(
                        "a key without its value",
                        file(keys("{\"kty\":\"oct\",\"kid\":\"" + ID_A + "\"}"), production, test),
                        notASet),
                Arguments.of("another type of key", file(keys(rsa), production, test), notOct),
                Arguments.of(
                        "a key without a kid",
                        file(keys(key(ID_A, SECRET_A).replace("\"kid\":\"" + ID_A + "\",", "")), production, test),
                        notOct),
                Arguments.of(
                        "a kid that is not hexadecimal",
                        file(keys(key("key-of-production", SECRET_A)), production, test),
                        badKid),
                Arguments.of(
                        "a kid in capitals", file(keys(key("0A0A0A0A0A0A0A0A", SECRET_A)), production, test), badKid),
                Arguments.of(
                        "a kid twice",
                        file(keys(key(ID_A, SECRET_A), key(ID_A, SECRET_B), key(ID_B, SECRET_B)), production, test),
                        badKid),
                Arguments.of(
                        "a short key",
                        file(keys(key(ID_A, SHORT_SECRET), key(ID_B, SECRET_B)), production, test),
                        "contains a key of less than 32 bytes: " + ID_A),
                Arguments.of("no section", file(BOTH, production), "does not list the keys of the test environment"),
                Arguments.of(
                        "a section that is a text",
                        file(BOTH, "\"production\":\"" + ID_A + "\"", test),
                        "does not list the keys of the production environment"),
                Arguments.of(
                        "a section without keys",
                        file(BOTH, production, "\"test\":{\"active\":\"" + ID_B + "\"}"),
                        "does not list the keys of the test environment"),
                Arguments.of(
                        "active missing",
                        file(BOTH, production, "\"test\":{\"keys\":[\"" + ID_B + "\"]}"),
                        "has no active key for the test environment"),
                Arguments.of(
                        "active of the other environment",
                        file(BOTH, section("production", ID_B, ID_A), test),
                        "has no active key for the production environment"),
                Arguments.of(
                        "a section with no key",
                        file(BOTH, section("production", ID_A), test),
                        "has no active key for the production environment"),
                Arguments.of("a key that is not there", file(keys(key(ID_A, SECRET_A)), production, test), badName),
                Arguments.of(
                        "a key in two environments",
                        file(BOTH, section("production", ID_A, ID_A, ID_B), test),
                        badName),
                Arguments.of("a key named twice", file(BOTH, section("production", ID_A, ID_A, ID_A), test), badName),
                Arguments.of(
                        "a key that is null",
                        file(BOTH, "\"production\":{\"active\":null,\"keys\":[null]}", test),
                        badName));
    }

    @Test
    void get_readsAChangedFileAgain() throws Exception {
        DataFolder folder = DataFolder.open(path);
        folder.write("ring.json", withOldKey());
        try (KeyRingFile file = open()) {
            folder.write("ring.json", GOOD);

            await().atMost(SOME_SECONDS)
                    .until(() -> file.get().active(Environment.PRODUCTION).id().equals(ID_A));
            assertThat(file.get().active(Environment.TEST).id()).isEqualTo(ID_B);
            assertThat(file.get().find("0c0c0c0c0c0c0c0c")).isEmpty();

            folder.write("ring.json", withOldKey());

            await().atMost(SOME_SECONDS)
                    .until(() -> !file.get().active(Environment.PRODUCTION).id().equals(ID_A));
            assertThat(file.get().find(ID_A)).isPresent();
        }
    }

    @Test
    void get_readsAFileAgainThatIsWrittenInPlace() throws Exception {
        Files.writeString(ringJson(), GOOD);
        try (KeyRingFile file = open()) {
            Files.writeString(ringJson(), withOldKey());

            await().atMost(SOME_SECONDS)
                    .until(() -> !file.get().active(Environment.PRODUCTION).id().equals(ID_A));
        }
    }

    @Test
    void get_keepsTheRingWhileTheFileIsBroken() throws Exception {
        DataFolder folder = DataFolder.open(path);
        folder.write("ring.json", GOOD);
        try (KeyRingFile file = open()) {
            KeyRing before = file.get();
            List<String> complaints = new ArrayList<>();
            for (Arguments arguments : broken().toList()) {
                if (!Set.of("not JSON", "a kid twice", "a short key", "active missing", "a key in two environments")
                        .contains(arguments.get()[0])) {
                    continue;
                }
                complaints.add("The previous key ring remains in use. The key file " + ringJson() + " "
                        + arguments.get()[2]);
                folder.write("ring.json", (String) arguments.get()[1]);

                await().atMost(SOME_SECONDS).until(() -> errors().equals(complaints));
                assertThat(file.get()).isSameAs(before);
            }
            assertThat(complaints).hasSize(5).noneMatch(KeyRingFileTest::holdsASecret);

            folder.write("ring.json", withOldKey());

            await().atMost(SOME_SECONDS).until(() -> file.get() != before);
            assertThat(file.get().active(Environment.PRODUCTION).id()).isEqualTo("0c0c0c0c0c0c0c0c");
        }
    }

    @Test
    void problem_tellsWhatIsWrong_untilTheFileIsMended() throws Exception {
        DataFolder folder = DataFolder.open(path);
        folder.write("ring.json", GOOD);
        try (KeyRingFile file = open()) {
            assertThat(file.problem()).isEmpty();
            folder.write("ring.json", file(BOTH, section("production", ID_A, ID_A)));

            await().atMost(SOME_SECONDS).until(() -> file.problem().isPresent());
            assertThat(file.problem())
                    .contains("The key file " + ringJson() + " does not list the keys of the test environment");
            assertThat(file.get().activeId(Environment.PRODUCTION)).isEqualTo(ID_A);

            folder.write("ring.json", GOOD);

            await().atMost(SOME_SECONDS).until(() -> file.problem().isEmpty());
        }
    }

    @Test
    void get_keepsTheRingWhileTheFileIsAway() throws Exception {
        DataFolder folder = DataFolder.open(path);
        folder.write("ring.json", GOOD);
        try (KeyRingFile file = open()) {
            KeyRing before = file.get();
            Files.delete(ringJson());

            await().during(Duration.ofMillis(1_500)).atMost(SOME_SECONDS).until(() -> file.get() == before);

            folder.write("ring.json", withOldKey());

            await().atMost(SOME_SECONDS).until(() -> file.get() != before);
        }
    }

    @Test
    void get_givesTheSameRingWhileTheFileIsTheSame() throws Exception {
        Files.writeString(ringJson(), GOOD);
        try (KeyRingFile file = open()) {
            KeyRing before = file.get();

            await().during(Duration.ofMillis(1_500)).atMost(SOME_SECONDS).until(() -> file.get() == before);
        }
    }

    @Test
    void log_holdsNoSecret() throws Exception {
        DataFolder folder = DataFolder.open(path);
        folder.write("ring.json", withOldKey());
        try (KeyRingFile file = open()) {
            folder.write("ring.json", GOOD);

            await().atMost(SOME_SECONDS)
                    .until(() -> file.get().active(Environment.PRODUCTION).id().equals(ID_A));
        }

        assertThat(messages(Level.INFO)).singleElement().asString().contains(ID_A, ID_B);
        assertThat(messages(Level.INFO)).noneMatch(KeyRingFileTest::holdsASecret);
    }

    private KeyRingFile open() {
        return open(Objects.requireNonNull(database));
    }

    private KeyRingFile open(Database installed) {
        return KeyRingFile.open(DataFolder.open(path), new Installation(installed), SampleTokens.RANDOM, schedule);
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(elsewhere, "database");
    }

    private Path ringJson() {
        return path.resolve("ring.json");
    }

    private List<String> errors() {
        return messages(Level.ERROR);
    }

    private List<String> messages(Level level) {
        synchronized (log) {
            return log.events().stream()
                    .filter(event -> event.getLevel() == level)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    private static String withOldKey() {
        return file(
                keys(
                        key("0c0c0c0c0c0c0c0c", SECRET_B),
                        key(ID_A, SECRET_A),
                        key(ID_B, SampleTokens.TEST_SECRET),
                        key("0d0d0d0d0d0d0d0d", SampleTokens.OLD_SECRET)),
                section("production", "0c0c0c0c0c0c0c0c", "0c0c0c0c0c0c0c0c", ID_A),
                section("test", ID_B, ID_B));
    }

    private static void assertNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(holdsASecret(cause.toString())).isFalse();
        }
    }

    private static boolean holdsASecret(String text) {
        return Stream.of(SECRET_A, SECRET_B, SHORT_SECRET)
                .anyMatch(secret -> text.contains(secret) || text.contains(SampleTokens.base64(bytes(secret))));
    }

    private static String file(String keys, String... sections) {
        return "{" + keys + "," + String.join(",", sections) + "}\n";
    }

    private static String keys(String... keys) {
        return "\"keys\":[" + String.join(",", keys) + "]";
    }

    private static String key(String id, String secret) {
        return "{\"kty\":\"oct\",\"kid\":\"" + id + "\",\"k\":\"" + SampleTokens.base64(bytes(secret)) + "\"}";
    }

    private static String section(String environment, String active, String... ids) {
        return "\"" + environment + "\":{\"active\":\"" + active + "\",\"keys\":["
                + String.join(",", Stream.of(ids).map(id -> "\"" + id + "\"").toList()) + "]}";
    }

    private static String secret(String hex) {
        TestSecrets.secret(SampleTokens.base64(bytes(hex)));
        return TestSecrets.secret(hex);
    }
}
