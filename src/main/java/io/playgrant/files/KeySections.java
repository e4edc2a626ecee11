package io.playgrant.files;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form of a ring's file: a JWK Set (RFC 7517) with one member of its own for each section, {@code {"active": kid, "keys": [kid, …]}}.
 *
 * @param noun the ring in messages, such as {@code The key ring}
 * @param sections the names of the sections in messages, by the members that list their keys
 */
public record KeySections(String noun, Map<String, String> sections) {

    private static final String ALGORITHM = "HmacSHA256";

    static final String ACTIVE = "active";
    static final String KEYS = "keys";

    /**
     * A section of a ring.
     *
     * @param active the id of the key that is used for new values
     * @param keys the secrets of all keys by their ids, in the order of the file
     */
    public record Section(String active, Map<String, byte[]> keys) {}

    /** The text of a new file: each section has one random key. */
    public String draw(SecureRandom random) {
        List<JWK> keys = new ArrayList<>();
        Map<String, Object> members = new HashMap<>();
        for (String section : sections.keySet()) {
            OctetSequenceKey key = JwkFile.draw(random);
            keys.add(key);
            members.put(section, Map.of(ACTIVE, key.getKeyID(), KEYS, List.of(key.getKeyID())));
        }
        return JwkFile.write(new JWKSet(keys, members));
    }

    /**
     * The sections of a file, by the members that list their keys.
     *
     * @throws StorageException with a message that names the file and the problem
     */
    public Map<String, Section> of(Path file, JWKSet set) {
        Map<String, byte[]> secrets = new HashMap<>();
        JwkFile.secrets(set).forEach(key -> secrets.put(key.getKeyID(), key.toByteArray()));
        Set<String> listed = new HashSet<>();
        Map<String, Section> read = new LinkedHashMap<>();
        sections.forEach((section, name) -> read.put(section, section(file, set, secrets, section, name, listed)));
        return read;
    }

    private static Section section(
            Path file, JWKSet set, Map<String, byte[]> secrets, String section, String name, Set<String> listed) {
        Object member = set.getAdditionalMembers().get(section);
        if (!(member instanceof Map<?, ?> object) || !(object.get(KEYS) instanceof List<?> ids)) {
            throw failure(file, "does not list the keys of " + name);
        }
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (Object each : ids) {
            String id = String.valueOf(each);
            byte[] secret = secrets.get(id);
            if (secret == null || !listed.add(id)) {
                throw failure(file, "names a key that it does not contain, or the same key for two environments");
            }
            keys.put(id, secret);
        }
        String active = String.valueOf(object.get(ACTIVE));
        if (!keys.containsKey(active)) {
            throw failure(file, "has no active key for " + name);
        }
        return new Section(active, keys);
    }

    /** A fingerprint that identifies a secret without revealing it: 16 hexadecimal digits. */
    public static String fingerprint(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] tag = mac.doFinal("playgrant ring key fingerprint".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(tag, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    private static StorageException failure(Path file, String what) {
        return new StorageException("The key file " + file + " " + what);
    }
}
