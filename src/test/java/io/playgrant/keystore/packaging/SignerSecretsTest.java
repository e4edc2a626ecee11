package io.playgrant.keystore.packaging;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.StoredSigner;
import io.playgrant.keystore.held.TestStorageRing;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerSecretsTest {

    private static final String IV = secret("51617e6500112233445566778899aabb");

    private final SignerSecrets secrets = new SignerSecrets(TestStorageRing.heldKeys());

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void aesKey_isWrapped_andOpened(int digits) {
        String key = secret("5161c0de".repeat(digits / 8));
        StoredSigner signer = secrets.aes(
                "studio", HexFormat.of().parseHex(key), HexFormat.of().parseHex(IV));
        assertThat(signer.heldBy()).isEqualTo(TestStorageRing.ID);
        assertThat(signer.secret()).hasSize(24 + 24 * digits / 32);
        assertThat(HexFormat.of().formatHex(signer.secret())).doesNotContain(IV).doesNotContain(key);
        String opened = secrets.open(
                signer,
                (aes, iv) ->
                        HexFormat.of().formatHex(aes) + " " + HexFormat.of().formatHex(iv));
        assertThat(opened).isEqualTo(key + " " + IV);
    }

    @Test
    void aesKey_hasNoOtherLength() {
        assertThatThrownBy(() -> secrets.aes("studio", new byte[24], new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets.aes("studio", new byte[16], new byte[12]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rsaKey_isRead() throws Exception {
        RSAPublicKey key = (RSAPublicKey)
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
        assertThat(SignerSecrets.publicKey(SignerSecrets.rsa("studio", key))).isEqualTo(key);
    }
}
