package io.playgrant.client;

import io.playgrant.batch.BatchException;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate authorities to trust for a server. */
public final class Authorities {

    private Authorities() {}

    /** The authorities that Java trusts. */
    public static SSLContext ofJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new BatchException("Java's own authorities cannot be used: " + e.getMessage());
        }
    }

    /**
     * Only the authorities in a file.
     *
     * @param pem a PEM file with certificates
     * @throws BatchException if it cannot be read, or contains no certificate
     */
    public static SSLContext of(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : read(pem)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw noCertificates(pem);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new BatchException(pem + " cannot be read: " + StorageException.reason(e));
        } catch (GeneralSecurityException e) {
            throw new BatchException("The certificates in " + pem + " cannot be used: " + e.getMessage());
        }
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException, CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (InputStream in = Files.newInputStream(pem)) {
            return factory.generateCertificates(in);
        } catch (CertificateException e) {
            // The message of the exception may quote the file, which may contain a key by mistake.
            throw noCertificates(pem);
        }
    }

    private static BatchException noCertificates(Path pem) {
        return new BatchException(pem + " must contain certificates in PEM");
    }
}
