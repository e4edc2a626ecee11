package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.RepeatableRandom;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class HashKeyFileTest {

    private static final byte[] SECRET = HexFormat.of().parseHex(secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0"));

    private Database database;
    private DataFolder folder;
    private Path file;

    @BeforeEach
    void open(@TempDir Path path, TestDatabase databases) {
        folder = DataFolder.open(path);
        file = path.resolve("hash-key.json");
        database = databases.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void newDatabase_getsANewKey() throws IOException {
        AuthenticatorHash hash = readOrCreate(1);
        List<OctetSequenceKey> keys = JwkFile.secrets(JwkFile.read(file));
        assertThat(keys).hasSize(1);
        secret(keys.get(0).getKeyValue().toString());
        assertThat(keys.get(0).toByteArray()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new Installation(database).fact("hash-key-fingerprint")).contains(hash.fingerprint());
    }

    @Test
    void oldDatabase_keepsItsKey() throws IOException {
        AuthenticatorHash made = readOrCreate(2);
        String text = Files.readString(file);
        AuthenticatorHash read = readOrCreate(3);
        assertThat(file).hasContent(text);
        assertThat(read.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(read.of(1001, SECRET)).isEqualTo(made.of(1001, SECRET));
    }

    @Test
    void newDatabase_takesAKeyThatIsThere() {
        OctetSequenceKey key = draw(4);
        write(key);
        AuthenticatorHash hash = readOrCreate(5);
        assertThat(hash.fingerprint()).isEqualTo(new AuthenticatorHash(key.toByteArray()).fingerprint());
        assertThat(new Installation(database).fact("hash-key-fingerprint")).contains(hash.fingerprint());
    }

    @Test
    void oldDatabase_refusesAMissingKey() throws IOException {
        readOrCreate(6);
        Files.delete(file);
        assertThatThrownBy(() -> readOrCreate(7))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "The key file " + file
                                + " is missing. Without it no stored authenticator can be checked: copy it from another node, or restore a backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void oldDatabase_refusesAnotherKey() {
        readOrCreate(8);
        write(draw(9));
        assertThatThrownBy(() -> readOrCreate(10))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file
                        + " is not the one with which the authenticators in this database were hashed");
    }

    @Test
    void twoKeys_areRefused() {
        write(draw(11), draw(12));
        assertThatThrownBy(() -> readOrCreate(13))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file + " must contain one key");
        assertThat(new Installation(database).fact("hash-key-fingerprint")).isEmpty();
    }

    @Test
    void noKey_isRefused() {
        write();
        assertThatThrownBy(() -> readOrCreate(14))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file + " must contain one key");
    }

    @Test
    void unusableFile_isRefusedAndKept() throws IOException {
        Files.writeString(file, "no JSON");
        assertThatThrownBy(() -> readOrCreate(15))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file + " is not a JWK Set");
        assertThat(file).hasContent("no JSON");
    }

    private AuthenticatorHash readOrCreate(long seed) {
        draw(seed);
        return HashKeyFile.readOrCreate(folder, new Installation(database), new RepeatableRandom(seed));
    }

    private void write(JWK... keys) {
        folder.write("hash-key.json", JwkFile.write(new JWKSet(Arrays.asList(keys))));
    }

    private static OctetSequenceKey draw(long seed) {
        OctetSequenceKey key = JwkFile.draw(new RepeatableRandom(seed));
        secret(key.getKeyValue().toString());
        return key;
    }
}
