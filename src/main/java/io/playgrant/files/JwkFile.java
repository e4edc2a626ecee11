package io.playgrant.files;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of secrets: JWK Sets (RFC 7517) of {@code oct} keys with {@code kid}. No message of this class contains a secret. */
public final class JwkFile {

    /** The shortest secret that is accepted, in bytes. */
    public static final int SHORTEST_SECRET = 32;

    private static final int LARGEST_FILE = 1024 * 1024;
    private static final int KEY_ID_LENGTH = 8;

    private static final Logger LOG = LoggerFactory.getLogger(JwkFile.class);

    private JwkFile() {}

    /**
     * Reads a set.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public static JWKSet read(Path file) {
        warnIfOthersCanRead(file);
        return parse(file, text(file));
    }

    /**
     * Checks that a key file that all nodes share exists.
     *
     * @throws StorageException with a message that says where to get it, if it is missing
     */
    public static void requireGiven(Path file) {
        if (!Files.exists(file)) {
            throw failure(
                    file,
                    "is missing. Nodes that share a database need the same file: create it once with ring init, or copy it from"
                            + " another node");
        }
    }

    /**
     * Parses a set.
     *
     * @param file the file of the text, for messages
     * @throws StorageException with a message that names the file and the problem
     */
    public static JWKSet parse(Path file, String text) {
        JWKSet set;
        try {
            set = JWKSet.parse(text);
        } catch (ParseException | RuntimeException e) {
            // The parser's message may quote the file.
            throw failure(file, "is not a JWK Set");
        }
        Set<String> ids = new HashSet<>();
        for (JWK key : set.getKeys()) {
            if (!(key instanceof OctetSequenceKey secret) || key.getKeyID() == null) {
                throw failure(file, "contains a key that is not of type oct with a kid");
            }
            if (!key.getKeyID().matches("[0-9a-f]{16}") || !ids.add(key.getKeyID())) {
                throw failure(file, "contains a kid that is not 16 hexadecimal digits, or the same kid twice");
            }
            if (!Base64URL.encode(secret.toByteArray()).equals(secret.getKeyValue())) {
                throw failure(file, "contains a key that is not base64url: " + key.getKeyID());
            }
            if (secret.toByteArray().length < SHORTEST_SECRET) {
                throw failure(file, "contains a key of less than " + SHORTEST_SECRET + " bytes: " + key.getKeyID());
            }
        }
        return set;
    }

    /** The keys of a set that {@link #read(Path)} accepted. */
    public static List<OctetSequenceKey> secrets(JWKSet set) {
        List<OctetSequenceKey> secrets = new ArrayList<>();
        set.getKeys().forEach(key -> secrets.add(key.toOctetSequenceKey()));
        return secrets;
    }

    /** The text of a set, including the secrets. */
    public static String write(JWKSet set) {
        return set.toString(false) + "\n";
    }

    /** A new random key with a random id. */
    public static OctetSequenceKey draw(SecureRandom random) {
        byte[] secret = new byte[SHORTEST_SECRET];
        random.nextBytes(secret);
        byte[] id = new byte[KEY_ID_LENGTH];
        random.nextBytes(id);
        return new OctetSequenceKey.Builder(secret)
                .keyID(HexFormat.of().formatHex(id))
                .build();
    }

    /**
     * The text of a file, up to a limit, so that a device without end is not read for ever.
     *
     * @throws StorageException with a message that names the file
     */
    public static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw failure(file, "has more than " + LARGEST_FILE + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException e) {
            throw new StorageException("The key file " + file + " cannot be read: " + StorageException.reason(e), e);
        }
    }

    private static void warnIfOthersCanRead(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("Users other than its owner can read the key file {}; its mode should be 0600", file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("The mode of {} is not known", file);
        }
    }

    private static StorageException failure(Path file, String what) {
        return new StorageException("The key file " + file + " " + what);
    }
}
