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
 * The server's certificate and key as files, read again when they change. What cannot be used leaves in use what was there before.
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
     * Reads both files, and follows their changes until it is closed.
     *
     * @throws StorageException with a sentence that names the file, its setting and what is wrong
     */
    public static TlsFiles open(Path certificate, Path key, Clock clock, Schedule schedule) {
        return new TlsFiles(certificate, key, clock, schedule);
    }

    /** The identity as the one entry of a store in memory, which changes with the files. */
    public KeyStore keyStore() {
        return keyStore;
    }

    /** What the store asks for; it protects nothing. */
    public static String password() {
        return "in memory only";
    }

    /** Why the files as they are now cannot be used, or clients will not believe what is in use, if so. */
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

    /** The files are replaced one after the other: they are read once they have stayed as they are from one look to the next. */
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
            LOG.info("The certificate was read again: {}", fresh);
            warning().ifPresent(LOG::warn);
        } catch (StorageException e) {
            problem = e.getMessage();
            LOG.error("The certificate stays as it was. {}", e.getMessage());
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

    /** JKS, because reading the key, which each handshake does, costs next to nothing in it. */
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
