package io.playgrant.config;

import io.playgrant.storage.StorageException;
import io.playgrant.tls.TlsIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** The PEM files of the Kafka settings. */
public final class KafkaFiles {

    private KafkaFiles() {}

    /**
     * The certificate authorities of the brokers.
     *
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static List<X509Certificate> authorities(Path file) {
        return TlsIdentity.readCertificates(KafkaSettings.AUTHORITIES.variable(), file);
    }

    /**
     * The server's own certificate and key for the brokers.
     *
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static TlsIdentity identity(Settings.Tls files) {
        TlsIdentity identity = TlsIdentity.read(
                KafkaSettings.CERTIFICATE.variable(), files.certificate(), KafkaSettings.KEY.variable(), files.key());
        if (identity.key().getAlgorithm().equals("EdDSA")) {
            throw new StorageException("The file " + files.key() + " (" + KafkaSettings.KEY.variable()
                    + ") contains a key of a kind that Kafka's client does not support; use RSA or EC");
        }
        return identity;
    }
}
