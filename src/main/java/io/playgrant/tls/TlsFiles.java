package io.playgrant.tls;

import io.playgrant.files.FileVersion;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the server's certificate and key, reloaded when they change. If the new files are unusable, the previous ones remain in
 * use.
 */
public final class TlsFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final String ENTRY = "server";

    private final Path certificate;
    private final Path key;
    private final Clock clock;
    private final KeyStore keyStore;
    private final Poller poller;
    private volatile TlsIdentity identity;
    private volatile @Nullable String problem;
    private Object used;
    private Object seen;

    private TlsFiles(Path certificate, Path key, Clock clock, Schedule schedule) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.keyStore = emptyKeyStore();
        this.used = versions();
        this.seen = used;
        this.identity = TlsIdentity.read(certificate, key);
        use(identity);
        warning().ifPresent(LOG::warn);
        this.poller = schedule.start("certificate-changes", this::rereadIfChanged);
    }

    /**
     * Reads both files, and reloads them when they change, until it is closed.
     *
     * @throws StorageException with a message that names the file, its setting and the problem
     */
    public static TlsFiles open(Path certificate, Path key, Clock clock, Schedule schedule) {
        return new TlsFiles(certificate, key, clock, schedule);
    }

    /** A key store in memory whose only entry is the current identity. */
    public KeyStore keyStore() {
        return keyStore;
    }

    /** The password that the key store requires. It protects nothing. */
    public static String password() {
        return "in memory only";
    }

    /** Why the current files are unusable, or why clients will not trust the certificate in use, if so. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).or(this::warning);
    }

    private Optional<String> warning() {
        return identity.warning(clock.instant())
                .map(warning -> "The certificate in " + certificate + " (PLAYGRANT_TLS_CERTIFICATE) " + warning);
    }

    @Override
    public void close() {
        poller.close();
    }

    /** Both files are replaced one after the other, so they are reloaded only when neither has changed between two polls. */
    private void rereadIfChanged() {
        Object current = versions();
        boolean settled = current.equals(seen);
        seen = current;
        if (!settled || current.equals(used)) {
            return;
        }
        used = current;
        try {
            TlsIdentity fresh = TlsIdentity.read(certificate, key);
            use(fresh);
            identity = fresh;
            problem = null;
            LOG.info("The certificate was reloaded: {}", fresh);
            warning().ifPresent(LOG::warn);
        } catch (StorageException e) {
            problem = e.getMessage();
            LOG.error("The previous certificate remains in use. {}", e.getMessage());
        }
    }

    private void use(TlsIdentity next) {
        try {
            keyStore.setKeyEntry(
                    ENTRY, next.key(), password().toCharArray(), next.chain().toArray(new Certificate[0]));
        } catch (GeneralSecurityException e) {
            throw new StorageException("The certificate in " + certificate + " and its key cannot be used", e);
        }
    }

    private Object versions() {
        return List.of(FileVersion.of(certificate), FileVersion.of(key));
    }

    /** JKS, because each handshake reads the key, which is cheap in this format. */
    private static KeyStore emptyKeyStore() {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
