package io.playgrant.account;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the key that hashes authenticators. Without it every authenticator is lost, so a missing file is never ignored. */
public final class HashKeyFile {

    /** The file's name, in the data folder. */
    public static final String NAME = "hash-key.json";

    private static final String FINGERPRINT = "hash-key-fingerprint";

    private static final Logger LOG = LoggerFactory.getLogger(HashKeyFile.class);

    private HashKeyFile() {}

    /**
     * Reads the key, or creates it if the database is new.
     *
     * @throws StorageException with a message that names the file, if it is missing or unusable, or if the authenticators of the database
     *     were hashed with another key
     */
    public static AuthenticatorHash readOrCreate(DataFolder folder, Installation installation, SecureRandom random) {
        Path file = folder.file(NAME);
        Optional<String> fingerprint = installation.fact(FINGERPRINT);
        boolean isNew = !Files.exists(file);
        if (isNew) {
            if (fingerprint.isPresent()) {
                throw new StorageException(
                        "The key file " + file
                                + " is missing. Without it no stored authenticator can be checked: copy it from another node, or restore a backup");
            }
            folder.write(NAME, JwkFile.write(new JWKSet(JwkFile.draw(random))));
        }
        if (fingerprint.isEmpty() && !isNew) {
            LOG.warn("The database is new, but {} is not: accounts that were created before are lost", file);
        }
        return readKeyOf(folder, installation);
    }

    /**
     * Reads the key, which must exist: nodes that share a database have the same key.
     *
     * @throws StorageException with a message that names the file, if it is missing or unusable, or if the authenticators of the database
     *     were hashed with another key
     */
    public static AuthenticatorHash readGiven(DataFolder folder, Installation installation) {
        JwkFile.requireGiven(folder.file(NAME));
        return readKeyOf(folder, installation);
    }

    /** The first key with which a database is used remains its key. */
    private static AuthenticatorHash readKeyOf(DataFolder folder, Installation installation) {
        AuthenticatorHash hash = readIn(folder.path());
        if (!installation.note(FINGERPRINT, hash.fingerprint()).equals(hash.fingerprint())) {
            throw new StorageException("The key file " + folder.file(NAME)
                    + " is not the one with which the authenticators in this database were hashed");
        }
        return hash;
    }

    /**
     * Reads the key in a folder.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public static AuthenticatorHash readIn(Path folder) {
        Path file = folder.resolve(NAME);
        List<OctetSequenceKey> keys = JwkFile.secrets(JwkFile.read(file));
        if (keys.size() != 1) {
            throw new StorageException("The key file " + file + " must contain one key");
        }
        return new AuthenticatorHash(keys.get(0).toByteArray());
    }

    /** Whether a database's authenticators were hashed with this key. */
    public static boolean isKeyOf(Installation installation, AuthenticatorHash hash) {
        return installation.fact(FINGERPRINT).equals(Optional.of(hash.fingerprint()));
    }
}
