package io.playgrant.token.sealing;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.audit.AuditEntry;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import io.playgrant.token.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingEditorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DataFolder folder;
    private Database database;
    private Audit audit;
    private KeyRingEditor editor;

    @BeforeEach
    void makeRing(@TempDir Path path) {
        folder = DataFolder.open(path);
        database = Database.openEmbedded(path);
        audit = new Audit(database, Clock.systemUTC(), "alice");
        KeyRingFile.create(folder, new Installation(database), audit, SampleTokens.RANDOM, false);
        editor = new KeyRingEditor(folder, audit, SampleTokens.RANDOM);
        markSecrets();
    }

    @AfterEach
    void close() {
        markSecrets();
        database.close();
    }

    @Test
    void add_addsAKeyThatIsNotActive() throws IOException {
        KeyRing before = ring();
        String id = editor.add(Environment.TEST);
        KeyRing after = ring();
        assertThat(id).matches("[0-9a-f]{16}");
        assertThat(after.ids(Environment.TEST)).containsExactly(before.activeId(Environment.TEST), id);
        assertThat(after.ids(Environment.PRODUCTION)).isEqualTo(before.ids(Environment.PRODUCTION));
        assertThat(after.activeId(Environment.TEST)).isEqualTo(before.activeId(Environment.TEST));
        assertThat(after.find(id))
                .hasValueSatisfying(key -> assertThat(key.secret())
                        .hasSize(32)
                        .isNotEqualTo(before.active(Environment.TEST).secret()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void add_endsAtAHundredKeys() throws IOException {
        for (int i = 2; i < 100; i++) {
            editor.add(Environment.PRODUCTION);
        }
        markSecrets();
        assertRefused(() -> editor.add(Environment.TEST), "The key ring already has 100 keys; retire one first");
    }

    @Test
    void activate_makesTheKeyActive() {
        String old = ring().activeId(Environment.PRODUCTION);
        String id = editor.add(Environment.PRODUCTION);
        editor.activate(Environment.PRODUCTION, id);
        assertThat(ring().activeId(Environment.PRODUCTION)).isEqualTo(id);
        assertThat(ring().ids(Environment.PRODUCTION)).containsExactly(old, id);
        editor.activate(Environment.PRODUCTION, old);
        assertThat(ring().activeId(Environment.PRODUCTION)).isEqualTo(old);
    }

    @Test
    void retire_takesTheKeyAway() throws IOException {
        String old = ring().activeId(Environment.TEST);
        String production = ring().activeId(Environment.PRODUCTION);
        String id = editor.add(Environment.TEST);
        editor.activate(Environment.TEST, id);
        markSecrets();
        editor.retire(Environment.TEST, old);
        assertThat(ring().ids()).containsExactlyInAnyOrder(production, id);
        assertThat(Files.readString(file())).doesNotContain(old);
        assertThat(JSON.readTree(file().toFile()).get("keys")).hasSize(2);
    }

    @Test
    void retire_refusesTheActiveKey() throws IOException {
        String active = ring().activeId(Environment.TEST);
        assertRefused(
                () -> editor.retire(Environment.TEST, active),
                "The key " + active + " is the active one of the test environment; activate another first");
    }

    @Test
    void keysOfTheOtherEnvironment_andUnknownOnes_areRefused() throws IOException {
        String production = ring().activeId(Environment.PRODUCTION);
        for (String id : List.of(production, "0123456789abcdef", "")) {
            String complaint = "The key ring has no key " + id + " of the test environment";
            assertRefused(() -> editor.activate(Environment.TEST, id), complaint);
            assertRefused(() -> editor.retire(Environment.TEST, id), complaint);
        }
    }

    @Test
    void unknownMembers_stay() throws IOException {
        Files.writeString(
                file(),
                Files.readString(file())
                        .replaceFirst("\\{", "{\"note\":{\"by\":[1,\"me\",null,2.50]},")
                        .replaceFirst("\"kty\"", "\"use\":\"enc\",\"x-note\":\"first\",\"kty\"")
                        .replaceFirst("\"active\"", "\"x-since\":\"2026\",\"active\""));
        JsonNode before = JSON.readTree(file().toFile());
        String id = editor.add(Environment.TEST);
        editor.activate(Environment.TEST, id);
        editor.activate(Environment.TEST, before.at("/test/active").asText());
        editor.retire(Environment.TEST, id);
        assertThat(JSON.readTree(file().toFile())).isEqualTo(before);
    }

    @Test
    void brokenFile_isRefusedAndStays() throws IOException {
        Files.writeString(file(), "{\"keys\":[]}");
        assertRefused(
                () -> editor.add(Environment.TEST),
                "The key file " + file() + " does not list the keys of the production environment");
        Files.writeString(file(), "{");
        assertRefused(() -> editor.activate(Environment.TEST, "0"), "The key file " + file() + " is not a JWK Set");
        Files.delete(file());
        assertThatThrownBy(() -> editor.retire(Environment.TEST, "0"))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file() + " cannot be read: there is no such file or folder");
        assertThat(file()).doesNotExist();
    }

    @Test
    void jsonThatOnlyAForgivingReaderTakes_isRefusedAndStays() throws IOException {
        Files.writeString(file(), Files.readString(file()).replaceFirst("\"active\"", "active"));
        String text = Files.readString(file());
        assertThatThrownBy(() -> editor.add(Environment.PRODUCTION))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The key file " + file() + " is not ");
        assertThat(file()).hasContent(text);
    }

    @Test
    void everyChange_leavesAnEntryInTheAuditLog() {
        String old = ring().activeId(Environment.TEST);
        String id = editor.add(Environment.TEST);
        editor.activate(Environment.TEST, id);
        editor.retire(Environment.TEST, old);
        assertThat(audit.list(OptionalLong.empty(), 10))
                .extracting(AuditEntry::action, AuditEntry::details)
                .startsWith(
                        tuple("ring retire", "environment=test key=" + old),
                        tuple("ring activate", "environment=test key=" + id),
                        tuple("ring add", "environment=test key=" + id))
                .hasSize(4);
    }

    @Test
    void changeThatCannotBeWritten_leavesTheFileAndNoEntry() throws IOException {
        String text = Files.readString(file());
        database.close();
        assertThatThrownBy(() -> editor.add(Environment.TEST))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database failed: ");
        assertThat(file()).hasContent(text);
        try (Stream<Path> files = Files.list(folder.path())) {
            assertThat(files).noneMatch(path -> path.toString().endsWith(".new"));
        }
    }

    private KeyRing ring() {
        return KeyRingFile.readIn(folder.path());
    }

    private Path file() {
        return folder.file("ring.json");
    }

    private void assertRefused(ThrowingCallable change, String sentence) throws IOException {
        String text = Files.readString(file());
        int entries = audit.list(OptionalLong.empty(), 1_000).size();
        assertThatThrownBy(change).isInstanceOf(StorageException.class).hasMessage(sentence);
        assertThat(file()).hasContent(text);
        assertThat(audit.list(OptionalLong.empty(), 1_000)).hasSize(entries);
    }

    private void markSecrets() {
        try {
            JwkFile.secrets(JwkFile.read(file()))
                    .forEach(key -> secret(key.getKeyValue().toString()));
        } catch (StorageException e) {
            // The test broke the file; what was in it is marked.
        }
    }
}
