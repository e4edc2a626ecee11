package io.playgrant.cli.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.StoredSigner;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.keystore.packaging.SignerSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerCommandTest {

    private static final String KEY = secret("5161ca5e00112233445566778899aabbccddeeff0123456789abcdef01234567");
    private static final String IV = secret("51617e6600112233445566778899aabb");

    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        home.createAccount("N");
    }

    @Test
    void signers_areAddedListedAndDeleted() throws Exception {
        Run added = home.run("account", "signer", "add", "1001", "studio", "--aes-file", aes(KEY + "\n" + IV + "\n"));
        assertThat(added.err()).isEmpty();
        assertThat(added.out()).isEqualTo("Requests of account 1001 to /packager/widevine must now be signed.\n");
        assertThat(home.run("account", "signer", "add", "1001", "b", "--rsa-file", pem(2_048), "--json")
                        .out())
                .isEqualTo("{\"added\":\"b\"}\n");
        assertThat(home.run("account", "signer", "list", "1001").out()).isEqualTo("""
                KIND NAME
                rsa  b
                aes  studio
                """);
        assertThat(home.run("account", "signer", "list", "1001", "--json").out())
                .isEqualTo("[{\"name\":\"b\",\"kind\":\"rsa\"},{\"name\":\"studio\",\"kind\":\"aes\"}]\n");
        assertThat(home.run("account", "show", "1001").out()).contains("signers         b (rsa), studio (aes)\n");
        assertThat(home.run("account", "signer", "delete", "1001", "b").out())
                .isEqualTo("The signer b of account 1001 is deleted.\n");
        assertThat(home.run("account", "signer", "delete", "1001", "studio", "--json")
                        .out())
                .isEqualTo("{\"deleted\":\"studio\"}\n");
    }

    @Test
    void aesKey_isStoredWrapped() throws Exception {
        home.run("account", "signer", "add", "1001", "studio", "--aes-file", aes(KEY + " " + IV));
        try (Application application = home.openApplication()) {
            StoredSigner signer =
                    application.accounts().find(1001).orElseThrow().signers().get(0);
            String opened = new SignerSecrets(application.heldKeys())
                    .open(
                            signer,
                            (key, iv) -> HexFormat.of().formatHex(key)
                                    + HexFormat.of().formatHex(iv));
            assertThat(opened).isEqualTo(KEY + IV);
        }
    }

    @Test
    void wrongFiles_areRefused() throws Exception {
        String file = aes(KEY);
        assertFailed(
                home.run("account", "signer", "add", "1001", "a", "--aes-file", file),
                file
                        + " must contain an AES key, 32 or 64 hexadecimal digits, an iv, 32 hexadecimal digits, and nothing else");
        assertFailed(
                home.run("account", "signer", "add", "1001", "a", "--rsa-file", file),
                file + " must contain an RSA public key of 2048 bits or more, in PEM or DER");
        String weak = pem(1_024);
        assertFailed(
                home.run("account", "signer", "add", "1001", "a", "--rsa-file", weak),
                weak + " must contain an RSA public key of 2048 bits or more, in PEM or DER");
    }

    @Test
    void failures_areSaid() throws Exception {
        String file = aes(KEY + "\n" + IV);
        assertFailed(home.run("account", "signer", "add", "1002", "a", "--aes-file", file), "There is no account 1002");
        home.run("account", "signer", "add", "1001", "a", "--aes-file", file);
        assertFailed(
                home.run("account", "signer", "add", "1001", "a", "--aes-file", file),
                "Account 1001 already has a signer of this name");
        assertFailed(
                home.run("account", "signer", "add", "1001", "", "--aes-file", file),
                "The name must have 1 to 200 characters, and no control character");
        assertFailed(home.run("account", "signer", "delete", "1001", "b"), "Account 1001 has no signer of this name");
        assertFailed(home.run("account", "signer", "list", "1002"), "There is no account 1002");
        assertThat(home.run("account", "signer", "add", "1001", "c").err())
                .contains("(specify one of these)")
                .contains("--aes-file=FILE");
    }

    private String aes(String content) throws IOException {
        return Files.writeString(folder.resolve("aes"), content).toString();
    }

    private String pem(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        return Files.writeString(
                        folder.resolve("rsa"), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
                .toString();
    }

    private static void assertFailed(Run run, String message) {
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }
}
