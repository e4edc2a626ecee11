package io.playgrant.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {

    private static final TestCertificate ONE = TestCertificate.create();
    private static final TestCertificate OTHER = TestCertificate.create();

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void nameFiles() {
        certificate = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void read_takesEachKindOfKeyInPkcs8(String kind) throws IOException {
        assertRead(TestCertificate.create(kind), TestCertificate::keyPem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void read_takesTheOlderNotationOfEachKind(String kind) throws IOException {
        assertRead(TestCertificate.create(kind), TestCertificate::olderKeyPem);
    }

    @Test
    void read_takesWhatOpensslWrites_withParametersBeforeTheKeyAndWordsAround() throws IOException {
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        assertRead(ONE, made -> "Bag Attributes: <No Attributes>\n" + parameters + made.olderKeyPem() + "\n\n");
    }

    @Test
    void read_keepsTheOrderOfTheChain() throws IOException {
        Files.writeString(certificate, "# leaf\n" + ONE.pem() + "\n# issuer\n" + OTHER.pem());
        Files.writeString(key, ONE.keyPem());
        assertThat(TlsIdentity.read(certificate, key).chain()).containsExactly(ONE.certificate(), OTHER.certificate());
    }

    @Test
    void read_takesOneFileWithBoth() throws IOException {
        Files.writeString(certificate, ONE.keyPem() + ONE.pem());
        assertThat(TlsIdentity.read(certificate, certificate).chain()).containsExactly(ONE.certificate());
    }

    @Test
    void missingCertificate_isASentence() throws IOException {
        Files.writeString(key, ONE.keyPem());
        assertRefused("The file " + certificate
                + " (PLAYGRANT_TLS_CERTIFICATE) cannot be read: there is no such file or folder");
    }

    @Test
    void missingKey_isASentence() throws IOException {
        Files.writeString(certificate, ONE.pem());
        assertRefused("The file " + key + " (PLAYGRANT_TLS_KEY) cannot be read: there is no such file or folder");
    }

    @Test
    void folder_isASentence() throws IOException {
        Files.createDirectory(certificate);
        Files.writeString(key, ONE.keyPem());
        assertRefused("The file " + certificate + " (PLAYGRANT_TLS_CERTIFICATE) cannot be read: Is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing\n", "-----BEGIN"})
    void noCertificate_isASentence(String text) throws IOException {
        Files.writeString(certificate, text);
        Files.writeString(key, ONE.keyPem());
        assertRefused("The file " + certificate + " (PLAYGRANT_TLS_CERTIFICATE) contains no certificate");
    }

    @Test
    void keyInsteadOfTheCertificate_isASentence() throws IOException {
        Files.writeString(certificate, ONE.keyPem());
        Files.writeString(key, ONE.keyPem());
        assertRefused("The file " + certificate + " (PLAYGRANT_TLS_CERTIFICATE) contains no certificate");
    }

    @Test
    void certificateInsteadOfTheKey_isASentence() throws IOException {
        Files.writeString(certificate, ONE.pem());
        Files.writeString(key, ONE.pem());
        assertRefused("The file " + key + " (PLAYGRANT_TLS_KEY) contains no private key");
    }

    @Test
    void brokenPem_isASentence() throws IOException {
        Files.writeString(certificate, ONE.pem().substring(0, 300));
        Files.writeString(key, ONE.keyPem());
        assertRefused("The file " + certificate + " (PLAYGRANT_TLS_CERTIFICATE) is not PEM");
        Files.writeString(certificate, ONE.pem());
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused("The file " + key + " (PLAYGRANT_TLS_KEY) is not PEM");
    }

    @Test
    void encryptedKey_isASentence() throws IOException {
        String sentence =
                "The file " + key + " (PLAYGRANT_TLS_KEY) contains an encrypted key; decrypt it with 'openssl pkey'";
        Files.writeString(certificate, ONE.pem());
        Files.writeString(key, ONE.encryptedKeyPem());
        assertRefused(sentence);
        Files.writeString(key, ONE.encryptedOlderKeyPem());
        assertRefused(sentence);
    }

    @Test
    void keyOfAnotherKind_isASentence() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        Files.writeString(certificate, ONE.pem());
        Files.writeString(key, new TestCertificate(ONE.certificate(), keys).keyPem());
        assertRefused("The file " + key
                + " (PLAYGRANT_TLS_KEY) contains a key of an unsupported kind; use RSA, EC or Ed25519");
    }

    @Test
    void keyOfAnotherCertificate_isASentence() throws IOException {
        String sentence =
                "The file " + key + " (PLAYGRANT_TLS_KEY) contains a key that does not match the first certificate in "
                        + certificate + " (PLAYGRANT_TLS_CERTIFICATE)";
        Files.writeString(certificate, ONE.pem() + OTHER.pem());
        Files.writeString(key, OTHER.keyPem());
        assertRefused(sentence);
        Files.writeString(key, TestCertificate.create("RSA").keyPem());
        assertRefused(sentence);
    }

    @Test
    void warning_isOfTimesThatHavePassedOrNotCome() throws IOException {
        Instant from = Instant.parse("2027-01-01T00:00:00Z");
        TestCertificate.create("EC", from, Duration.ofDays(10)).write(certificate, key);
        TlsIdentity identity = TlsIdentity.read(certificate, key);
        assertThat(identity.warning(from)).isEmpty();
        assertThat(identity.warning(from.plus(Duration.ofDays(10)))).isEmpty();
        assertThat(identity.warning(from.minusSeconds(1))).contains("is not valid before 2027-01-01T00:00:00Z");
        assertThat(identity.warning(from.plus(Duration.ofDays(10)).plusSeconds(1)))
                .contains("has expired: it was valid until 2027-01-11T00:00:00Z");
    }

    @Test
    void toString_isTheSubject() throws IOException {
        ONE.write(certificate, key);
        assertThat(TlsIdentity.read(certificate, key)).hasToString("CN=Playgrant test");
    }

    private interface Notation {
        String of(TestCertificate certificate);
    }

    private void assertRead(TestCertificate made, Notation notation) throws IOException {
        Files.writeString(certificate, made.pem());
        Files.writeString(key, notation.of(made));
        TlsIdentity identity = TlsIdentity.read(certificate, key);
        assertThat(identity.chain()).containsExactly(made.certificate());
        assertThat(identity.key().getAlgorithm())
                .isEqualTo(made.keys().getPrivate().getAlgorithm());
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> TlsIdentity.read(certificate, key))
                .isInstanceOf(StorageException.class)
                .hasNoCause()
                .hasMessage(sentence);
    }
}
