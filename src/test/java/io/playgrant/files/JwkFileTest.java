package io.playgrant.files;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import io.playgrant.RepeatableRandom;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JwkFileTest {

    private static final String KID = "0123456789abcdef";
    private static final String OTHER_KID = "fedcba9876543210";
    private static final String K =
            secret(Base64URL.encode("key of 32 bytes, made for a test").toString());
    private static final String SHORT_K =
            secret(Base64URL.encode("a key of no more than 31 bytes.").toString());
    private static final String KEY = oct(KID, K);

    private static final String NOT_A_SET = "is not a JWK Set";
    private static final String NOT_OCT = "contains a key that is not of type oct with a kid";
    private static final String WRONG_KID = "contains a kid that is not 16 hexadecimal digits, or the same kid twice";

    static final List<Wrong> WRONG_FILES = List.of(
            new Wrong("empty", "", NOT_A_SET),
            new Wrong("no JSON", K, NOT_A_SET),
            new Wrong("cut off", "{\"keys\":[" + KEY, NOT_A_SET),
            new Wrong("an array", "[" + KEY + "]", NOT_A_SET),
            new Wrong("a key, not a set", KEY, NOT_A_SET),
            new Wrong("keys is no array", "{\"keys\":" + KEY + "}", NOT_A_SET),
            new Wrong("a key is no object", "{\"keys\":[\"" + K + "\"]}", NOT_A_SET),
            new Wrong("keys is null", "{\"keys\":null}", NOT_A_SET),
            new Wrong("no kty", set("{\"kid\":\"" + KID + "\",\"k\":\"" + K + "\"}"), NOT_A_SET),
            new Wrong("no k", set("{\"kty\":\"oct\",\"kid\":\"" + KID + "\"}"), NOT_A_SET),
            new Wrong(
                    "RSA",
                    set("{\"kty\":\"RSA\",\"e\":\"AQAB\",\"kid\":\"" + KID + "\",\"n\":\"" + K.repeat(8) + "\"}"),
                    NOT_OCT),
            new Wrong("no kid", set("{\"kty\":\"oct\",\"k\":\"" + K + "\"}"), NOT_OCT),
            new Wrong("a good key and one without kid", set(KEY + ",{\"kty\":\"oct\",\"k\":\"" + K + "\"}"), NOT_OCT),
            new Wrong("kid twice", set(KEY + "," + KEY), WRONG_KID),
            new Wrong("kid in capitals", set(oct("0123456789ABCDEF", K)), WRONG_KID),
            new Wrong("kid too short", set(oct("0123456789abcde", K)), WRONG_KID),
            new Wrong("kid too long", set(oct("0123456789abcdef0", K)), WRONG_KID),
            new Wrong("kid not hexadecimal", set(oct("0123456789abcdeg", K)), WRONG_KID),
            new Wrong("kid with a line end", set(oct("0123456789abcdef\\n", K)), WRONG_KID),
            new Wrong("kid is the secret", set(oct(K, K)), WRONG_KID),
            new Wrong("short key", set(oct(KID, SHORT_K)), "contains a key of less than 32 bytes: " + KID),
            new Wrong(
                    "a good key and a short one",
                    set(KEY + "," + oct(OTHER_KID, SHORT_K)),
                    "contains a key of less than 32 bytes: " + OTHER_KID));

    record Wrong(String label, String content, String message) {

        @Override
        public String toString() {
            return label;
        }
    }

    @ParameterizedTest
    @FieldSource("WRONG_FILES")
    void read_refusesWithoutTellingTheSecret(Wrong wrong, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ring.json"), wrong.content());
        assertThatThrownBy(() -> JwkFile.read(file))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + file + " " + wrong.message())
                .satisfies(failure -> assertThat(trace(failure)).doesNotContain(K, SHORT_K));
    }

    @Test
    void read_refusesAMissingFile(@TempDir Path folder) {
        Path file = folder.resolve("ring.json");
        assertThatThrownBy(() -> JwkFile.read(file))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The key file " + file + " cannot be read: ");
    }

    @Test
    void read_refusesWhatIsNoText(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("ring.json"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThatThrownBy(() -> JwkFile.read(file))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The key file " + file + " cannot be read: ");
    }

    @Test
    void read_givesKeysAndOtherMembers(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("ring.json"),
                "{\"keys\":[" + KEY + "," + oct(OTHER_KID, K) + "],\"test\":{\"active\":\"" + KID + "\"}}");
        JWKSet set = JwkFile.read(file);
        assertThat(JwkFile.secrets(set)).extracting(OctetSequenceKey::getKeyID).containsExactly(KID, OTHER_KID);
        assertThat(set.getAdditionalMembers()).isEqualTo(Map.of("test", Map.of("active", KID)));
    }

    @Test
    void read_takesASetWithoutKeys(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ring.json"), "{\"keys\":[]}");
        assertThat(JwkFile.secrets(JwkFile.read(file))).isEmpty();
    }

    @Test
    void write_isWhatReadReads(@TempDir Path folder) throws IOException {
        OctetSequenceKey key = JwkFile.draw(new RepeatableRandom(1));
        secret(key.getKeyValue().toString());
        String text = JwkFile.write(new JWKSet(List.of(key), Map.of("test", "member")));
        assertThat(text).endsWith("}\n");
        Path file = Files.writeString(folder.resolve("ring.json"), text);
        JWKSet set = JwkFile.read(file);
        assertThat(JwkFile.secrets(set)).containsExactly(key);
        assertThat(set.getAdditionalMembers()).isEqualTo(Map.of("test", "member"));
    }

    @Test
    void draw_givesANewKeyEachTime() {
        RepeatableRandom random = new RepeatableRandom(2);
        OctetSequenceKey one = JwkFile.draw(random);
        OctetSequenceKey two = JwkFile.draw(random);
        secret(one.getKeyValue().toString());
        secret(two.getKeyValue().toString());
        assertThat(one.toByteArray()).hasSize(32).isNotEqualTo(two.toByteArray());
        assertThat(one.getKeyID()).matches("[0-9a-f]{16}").isNotEqualTo(two.getKeyID());
    }

    private static String oct(String kid, String k) {
        return "{\"kty\":\"oct\",\"kid\":\"" + kid + "\",\"k\":\"" + k + "\"}";
    }

    private static String set(String keys) {
        return "{\"keys\":[" + keys + "]}";
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
