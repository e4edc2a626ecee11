package io.playgrant.tls;

import io.playgrant.TestSecrets;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate that a test makes up, signed by itself: for {@code localhost}, {@code 127.0.0.1} and any host below {@code example}.
 *
 * @param certificate the certificate
 * @param keys its keys
 */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "Ed25519", "Ed25519");

    /** One with an elliptic key, valid now. */
    public static TestCertificate create() {
        return create("EC");
    }

    /** One with a key of a kind, valid now. */
    public static TestCertificate create(String algorithm) {
        return create(algorithm, Instant.now().minus(Duration.ofDays(1)), Duration.ofDays(30));
    }

    /** One with an RSA key of a length, valid now. */
    public static TestCertificate ofRsaKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return create(
                    "RSA", generator.generateKeyPair(), Instant.now().minus(Duration.ofDays(1)), Duration.ofDays(30));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with a key of a kind, valid from a time on. */
    public static TestCertificate create(String algorithm, Instant from, Duration lifetime) {
        try {
            return create(algorithm, KeyPairGenerator.getInstance(algorithm).generateKeyPair(), from, lifetime);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestCertificate create(String algorithm, KeyPair keys, Instant from, Duration lifetime) {
        try {
            X500Principal name = new X500Principal("CN=Playgrant test");
            GeneralNames names = new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, "*.example"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            });
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(from),
                    Date.from(from.plus(lifetime)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder(SIGNATURES.get(algorithm)).build(keys.getPrivate())));
            return new TestCertificate(certificate, keys);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate in PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** The private key in PEM, in PKCS#8. */
    public String keyPem() {
        try {
            return marked(pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The private key in PEM, in the older notation of its kind: PKCS#1 or SEC1. */
    public String olderKeyPem() {
        return marked(pem(keys.getPrivate() instanceof ECPrivateKey key ? sec1(key) : keys.getPrivate()));
    }

    /** The private key in PEM, in PKCS#8 and encrypted. */
    String encryptedKeyPem() {
        try {
            OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPassword("password".toCharArray())
                    .build();
            return pem(new JcaPKCS8Generator(keys.getPrivate(), encryptor));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key in PEM, in the older notation of its kind and encrypted. */
    String encryptedOlderKeyPem() {
        try {
            return pem(new JcaMiscPEMGenerator(
                    keys.getPrivate(),
                    new JcePEMEncryptorBuilder("AES-256-CBC")
                            .setProvider(new BouncyCastleProvider())
                            .build("password".toCharArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes certificate and key to two files. */
    public void write(Path certificateFile, Path keyFile) throws IOException {
        Files.writeString(certificateFile, pem());
        Files.writeString(keyFile, keyPem());
    }

    /** What a client trusts this certificate, and nothing else, with. */
    public SSLContext trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the curve's name, as everybody but Bouncy Castle writes it. */
    private static PemObject sec1(ECPrivateKey key) {
        try {
            return new PemObject(
                    "EC PRIVATE KEY",
                    new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
                            .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Marks what differs from key to key. */
    private static String marked(String pem) {
        pem.lines().filter(line -> !line.startsWith("-")).skip(1).limit(1).forEach(TestSecrets::secret);
        return pem;
    }
}
