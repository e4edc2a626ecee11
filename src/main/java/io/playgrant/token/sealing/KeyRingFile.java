package io.playgrant.token.sealing;

import com.nimbusds.jose.jwk.JWKSet;
import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.files.KeySections;
import io.playgrant.files.KeySections.Section;
import io.playgrant.files.WatchedFile;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key ring's file: a JWK Set (RFC 7517) with one member of its own for each environment, {@code {"active": kid, "keys": [kid, …]}}.
 *
 * <p>The file is reloaded when it changes. If the new file is unusable, the previous ring remains in use.
 */
public final class KeyRingFile implements Supplier<KeyRing>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRingFile.class);
    /** The file's name, in the data folder. */
    public static final String NAME = "ring.json";

    private static final String MADE = "key-ring-made";

    /** The keys of each environment are a section. */
    static final KeySections FORM = new KeySections(
            "The key ring",
            Arrays.stream(Environment.values())
                    .collect(Collectors.toMap(
                            Environment::label,
                            environment -> "the " + environment.label() + " environment",
                            (one, other) -> one,
                            LinkedHashMap::new)));

    private final WatchedFile<KeyRing> file;

    private KeyRingFile(Path file, Schedule schedule) {
        this.file = new WatchedFile<>(file, "key ring", KeyRingFile::read, LOG, schedule);
    }

    /**
     * Opens the ring's file. On the first start, creates it with one key for each environment.
     *
     * @throws StorageException with a message that names the file and the problem, or that it is missing
     */
    public static KeyRingFile open(
            DataFolder folder, Installation installation, SecureRandom random, Schedule schedule) {
        Path file = folder.file(NAME);
        boolean first = installation.fact(MADE).isEmpty();
        if (!Files.exists(file)) {
            if (!first) {
                throw new StorageException(
                        "The key file " + file + " is missing. Without it no issued token can be opened");
            }
            folder.write(NAME, FORM.draw(random));
            LOG.info("A new key ring was created: {}", file);
        }
        KeyRingFile opened = new KeyRingFile(file, schedule);
        if (first) {
            // Only now: until then, the operator may delete a first ring that is unusable.
            installation.note(MADE, "yes");
        }
        return opened;
    }

    /**
     * Opens the ring's file, which must exist: nodes that share a database have the same ring.
     *
     * @throws StorageException with a message that names the file and the problem, or that it is missing
     */
    public static KeyRingFile openGiven(DataFolder folder, Installation installation, Schedule schedule) {
        Path file = folder.file(NAME);
        JwkFile.requireGiven(file);
        KeyRingFile opened = new KeyRingFile(file, schedule);
        installation.note(MADE, "yes");
        return opened;
    }

    /**
     * Creates the first ring of an installation, or a new one after its loss.
     *
     * @param afterLoss whether to replace a lost ring; tokens that were encrypted with it can never be opened again
     * @throws StorageException with a message that says why, if there is a ring, or if one was lost and must not be replaced
     */
    public static KeyRing create(
            DataFolder folder, Installation installation, Audit audit, SecureRandom random, boolean afterLoss) {
        Path file = folder.file(NAME);
        if (Files.exists(file)) {
            throw failure(file, "exists already");
        }
        boolean first = installation.fact(MADE).isEmpty();
        if (!first && !afterLoss) {
            throw failure(
                    file,
                    "was created before and is missing: without it no issued token can be opened. Restore it from a"
                            + " backup, or give up these tokens with ring init --force");
        }
        String text = FORM.draw(random);
        KeyRing made = parse(file, text);
        audit.add("ring init", first ? "keys=" + made.ids() : "after the loss of another, keys=" + made.ids(), () -> {
            folder.write(NAME, text);
        });
        if (first) {
            installation.note(MADE, "yes");
        }
        return made;
    }

    /** The current ring. */
    @Override
    public KeyRing get() {
        return file.get();
    }

    /** As {@link #get()}, with changes that were just made. */
    public KeyRing refreshed() {
        return file.refreshed();
    }

    /** Why the current file is unusable, if so; then {@link #get()} returns the previous ring. */
    public Optional<String> problem() {
        return file.problem();
    }

    @Override
    public void close() {
        file.close();
    }

    /**
     * Reads the ring in a folder once.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public static KeyRing readIn(Path folder) {
        return read(folder.resolve(NAME));
    }

    private static KeyRing read(Path file) {
        return ring(file, JwkFile.read(file));
    }

    /** Parses the text of a ring file. */
    static KeyRing parse(Path file, String text) {
        return ring(file, JwkFile.parse(file, text));
    }

    private static KeyRing ring(Path file, JWKSet set) {
        Map<String, RingKey> keys = new LinkedHashMap<>();
        Map<Environment, RingKey> active = new EnumMap<>(Environment.class);
        Map<String, Section> sections = FORM.of(file, set);
        for (Environment environment : Environment.values()) {
            Section section = Objects.requireNonNull(sections.get(environment.label()));
            section.keys().forEach((id, secret) -> keys.put(id, new RingKey(id, environment, secret)));
            active.put(environment, Objects.requireNonNull(keys.get(section.active())));
        }
        return new KeyRing(keys, active);
    }

    private static StorageException failure(Path file, String what) {
        return new StorageException("The key file " + file + " " + what);
    }
}
