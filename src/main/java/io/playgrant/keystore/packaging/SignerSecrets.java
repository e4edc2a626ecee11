package io.playgrant.keystore.packaging;

import io.playgrant.account.StoredSigner;
import io.playgrant.account.StoredSigner.Kind;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.storage.StorageException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Objects;

/**
 * Wraps and opens the secrets of signers with the storage ring. They are wrapped in parts of 16 bytes, the length of a content key: the
 * iv, then the one or two halves of the AES key.
 */
public final class SignerSecrets {

    private static final int PART = ContentKey.LENGTH;

    private final HeldKeys held;

    public SignerSecrets(HeldKeys held) {
        this.held = held;
    }

    /**
     * Calculates with the secret of a signer, which is wiped afterwards.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Use<T> {

        /** Calculates. */
        T with(byte[] key, byte[] iv);
    }

    /**
     * A signer with an AES key.
     *
     * @param key 16 or 32 bytes
     * @param iv 16 bytes
     * @throws io.playgrant.storage.StorageException if the installation has no storage ring, and none can be created
     */
    public StoredSigner aes(String name, byte[] key, byte[] iv) {
        if (iv.length != PART || (key.length != PART && key.length != 2 * PART)) {
            throw new IllegalArgumentException("an AES key has 16 or 32 bytes here, and its iv 16");
        }
        String ringKey = held.activeId();
        byte[] secret = new byte[PART + key.length];
        System.arraycopy(iv, 0, secret, 0, PART);
        System.arraycopy(key, 0, secret, PART, key.length);
        byte[] wrapped = new byte[secret.length / PART * EncryptedKey.LENGTH];
        try {
            for (int part = 0; part * PART < secret.length; part++) {
                wrap(secret, part, ringKey, wrapped);
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return new StoredSigner(name, Kind.AES, ringKey, wrapped, null);
    }

    /** The key of a signer with an RSA key. */
    public static RSAPublicKey publicKey(StoredSigner signer) {
        byte[] der = Objects.requireNonNull(signer.publicKey(), "the signer has no RSA key");
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new StorageException("The stored key of the signer " + signer.name() + " is no RSA key", e);
        }
    }

    /** A signer with an RSA key. */
    public static StoredSigner rsa(String name, RSAPublicKey key) {
        return new StoredSigner(name, Kind.RSA, null, null, key.getEncoded());
    }

    private void wrap(byte[] secret, int part, String ringKey, byte[] wrapped) {
        byte[] bytes = Arrays.copyOfRange(secret, part * PART, (part + 1) * PART);
        ContentKey clear = ContentKey.of(bytes);
        try {
            byte[] result = held.wrap(clear, ringKey).toByteArray();
            System.arraycopy(result, 0, wrapped, part * EncryptedKey.LENGTH, EncryptedKey.LENGTH);
        } finally {
            clear.wipe();
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Opens the secret of a signer with an AES key.
     *
     * @throws io.playgrant.storage.StorageException if the ring does not have the key that wraps it
     */
    public <T> T open(StoredSigner signer, Use<T> use) {
        byte[] wrapped = Objects.requireNonNull(signer.secret(), "the signer has no AES key");
        byte[] secret = new byte[wrapped.length / EncryptedKey.LENGTH * PART];
        try {
            for (int part = 0; part * PART < secret.length; part++) {
                open(wrapped, part, Objects.requireNonNull(signer.heldBy()), secret);
            }
            byte[] iv = Arrays.copyOf(secret, PART);
            byte[] key = Arrays.copyOfRange(secret, PART, secret.length);
            try {
                return use.with(key, iv);
            } finally {
                Arrays.fill(key, (byte) 0);
                Arrays.fill(iv, (byte) 0);
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void open(byte[] wrapped, int part, String heldBy, byte[] secret) {
        ContentKey clear = held.open(
                EncryptedKey.of(
                        Arrays.copyOfRange(wrapped, part * EncryptedKey.LENGTH, (part + 1) * EncryptedKey.LENGTH)),
                heldBy);
        byte[] bytes = clear.toByteArray();
        try {
            System.arraycopy(bytes, 0, secret, part * PART, PART);
        } finally {
            clear.wipe();
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
