package io.playgrant.keystore.held;

import com.nimbusds.jose.jwk.JWKSet;
import io.playgrant.audit.Audit;
import io.playgrant.contentkey.Kek;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.files.KeySections;
import io.playgrant.files.KeySections.Section;
import io.playgrant.files.WatchedFile;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage ring's file: a JWK Set (RFC 7517) with a member {@code "storage": {"active": kid, "keys": [kid, …]}}. An installation that
 * holds no keys needs none.
 */
public final class StorageRingFile implements AutoCloseable {

    /** The file's name, in the data folder. */
    public static final String NAME = "storage-ring.json";

    static final String SECTION = "storage";

    static final KeySections FORM = new KeySections("The storage ring", Map.of(SECTION, "the storage ring"));

    private static final Logger LOG = LoggerFactory.getLogger(StorageRingFile.class);

    private final DataFolder folder;
    private final WatchedFile<Content> file;

    /** Once there was a ring, its file must not disappear. */
    private volatile boolean present;

    /**
     * The content of the file.
     *
     * @param ring null if there is no file
     */
    private record Content(@Nullable StorageRing ring) {
        @Override
        public String toString() {
            return String.valueOf(ring);
        }
    }

    /**
     * Follows the file, which may be missing.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public StorageRingFile(DataFolder folder, Schedule schedule) {
        this.folder = folder;
        this.file = new WatchedFile<>(folder.file(NAME), "storage ring", this::read, LOG, schedule);
    }

    private Content read(Path path) {
        if (!present && !Files.exists(path)) {
            return new Content(null);
        }
        StorageRing ring = parse(path, JwkFile.read(path));
        present = true;
        return new Content(ring);
    }

    /** The current ring; empty if there is no file. */
    public Optional<StorageRing> get() {
        return Optional.ofNullable(file.get().ring());
    }

    /** As {@link #get()}, with changes that another process has just made. */
    public Optional<StorageRing> refreshed() {
        return Optional.ofNullable(file.refreshed().ring());
    }

    /** Why the current file is unusable, if so; then {@link #get()} returns the previous ring. */
    public Optional<String> problem() {
        return file.problem();
    }

    /**
     * Creates a ring with one key unless there is one.
     *
     * @param reason why, for the audit
     */
    public StorageRing createIfMissing(Audit audit, SecureRandom random, String reason) {
        Optional<StorageRing> there = folder.exclusively(() -> {
            if (!Files.exists(folder.file(NAME))) {
                create(folder, audit, random, reason);
            }
            return refreshed();
        });
        return there.orElseThrow(() -> missing(folder.path()));
    }

    /**
     * Creates a ring with one key.
     *
     * @param reason why, for the audit
     * @throws StorageException if there is one
     */
    public static StorageRing create(DataFolder folder, Audit audit, SecureRandom random, String reason) {
        Path path = folder.file(NAME);
        if (Files.exists(path)) {
            throw new StorageException("The key file " + path + " exists already");
        }
        String text = FORM.draw(random);
        StorageRing made = parse(path, text);
        audit.add("ring init", reason + " keys=" + made.ids(), () -> folder.write(NAME, text));
        LOG.info("A new storage ring was created: {}", path);
        return made;
    }

    /** Says that the ring is missing, and how to get one. */
    public static StorageException missing(Path folder) {
        return new StorageException("The key file " + folder.resolve(NAME)
                + " is missing. Without it no key that the service holds can be opened: copy it from another node, restore a"
                + " backup, or, if no key is held yet, create it with ring init --storage");
    }

    /**
     * Reads the ring in a folder once; empty if there is none.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public static Optional<StorageRing> readIn(Path folder) {
        Path path = folder.resolve(NAME);
        return Files.exists(path) ? Optional.of(parse(path, JwkFile.read(path))) : Optional.empty();
    }

    /** Parses the text of a ring's file. */
    static StorageRing parse(Path path, String text) {
        return parse(path, JwkFile.parse(path, text));
    }

    private static StorageRing parse(Path path, JWKSet set) {
        Section section = Objects.requireNonNull(FORM.of(path, set).get(SECTION));
        Map<String, Kek> keks = new LinkedHashMap<>();
        Map<String, String> fingerprints = new LinkedHashMap<>();
        section.keys().forEach((id, secret) -> {
            if (secret.length != JwkFile.SHORTEST_SECRET) {
                throw new StorageException("The key file " + path + " contains a key that has not exactly "
                        + JwkFile.SHORTEST_SECRET + " bytes: " + id);
            }
            keks.put(id, Kek.of(secret));
            fingerprints.put(id, KeySections.fingerprint(secret));
        });
        return new StorageRing(keks, fingerprints, section.active());
    }

    @Override
    public void close() {
        file.close();
    }
}
