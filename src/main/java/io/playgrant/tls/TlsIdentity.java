package io.playgrant.tls;

import io.playgrant.storage.StorageException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate, then those of its issuers
 * @param key the private key of the certificate
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

    /** The kinds of keys that TLS supports, each with a signature algorithm to test it. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /**
     * Reads a certificate and its key.
     *
     * @param certificate a PEM file with the certificate, then those of its issuers
     * @param key a PEM file with its private key in clear, in PKCS#8, PKCS#1 or SEC1
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static TlsIdentity read(Path certificate, Path key) {
        return read("PLAYGRANT_TLS_CERTIFICATE", certificate, "PLAYGRANT_TLS_KEY", key);
    }

    /**
     * Reads a certificate and its key as {@link #read(Path, Path)} does, for other settings.
     *
     * @param certificateSetting the environment variable that names the certificate
     * @param keySetting the environment variable that names the key
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static TlsIdentity read(String certificateSetting, Path certificate, String keySetting, Path key) {
        PemFile keys = new PemFile(keySetting, key);
        TlsIdentity identity = new TlsIdentity(readCertificates(certificateSetting, certificate), key(keys));
        if (!identity.belongsTogether()) {
            throw keys.failure("contains a key that does not match the first certificate in " + certificate + " ("
                    + certificateSetting + ")");
        }
        return identity;
    }

    /**
     * Reads certificates.
     *
     * @param setting the environment variable that names the file
     * @param file a PEM file with at least one certificate
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static List<X509Certificate> readCertificates(String setting, Path file) {
        return chain(new PemFile(setting, file));
    }

    /** A warning if the certificate is not valid at a time. Servers must check this themselves: in TLS only clients do. */
    public Optional<String> warning(Instant now) {
        X509Certificate certificate = chain.get(0);
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("has expired: it was valid until "
                    + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of(
                    "is not valid before " + certificate.getNotBefore().toInstant());
        }
        return Optional.empty();
    }

    private static List<X509Certificate> chain(PemFile file) {
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object object : file.objects()) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (GeneralSecurityException e) {
            throw file.failure("contains a certificate that cannot be read");
        }
        if (chain.isEmpty()) {
            throw file.failure("contains no certificate");
        }
        return chain;
    }

    private static PrivateKey key(PemFile file) {
        for (Object object : file.objects()) {
            if (object instanceof PEMKeyPair pair) {
                return key(file, pair.getPrivateKeyInfo());
            }
            if (object instanceof PrivateKeyInfo info) {
                return key(file, info);
            }
            if (object instanceof PKCS8EncryptedPrivateKeyInfo || object instanceof PEMEncryptedKeyPair) {
                throw file.failure("contains an encrypted key; decrypt it with 'openssl pkey'");
            }
        }
        throw file.failure("contains no private key");
    }

    private static PrivateKey key(PemFile file, PrivateKeyInfo info) {
        try {
            PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(info);
            if (SIGNATURES.containsKey(key.getAlgorithm())) {
                return key;
            }
        } catch (PEMException e) {
            // Reported below.
        }
        throw file.failure("contains a key of an unsupported kind; use RSA, EC or Ed25519");
    }

    private boolean belongsTogether() {
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0).getPublicKey());
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Only the subject of the certificate. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().toString();
    }
}
