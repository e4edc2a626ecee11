package io.playgrant.keystore;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of clients on stored keys (protocol section 6). Keys are accepted and returned in clear only with the kek that wraps them.
 * The kek is not stored, and the caller wipes it.
 *
 * <p>Every method throws {@link TokenException} with a code of the key storage if it refuses the call, and
 * {@link io.playgrant.storage.StorageException} if the storage is unreachable.
 */
public final class KeyService {

    /** The most keys of a page. */
    public static final int LARGEST_PAGE = 1_000;

    private static final int NOT_FOUND = 404;

    private final StoredKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    /** A service over these keys. */
    public KeyService(StoredKeys keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The result of a creation.
     *
     * @param key the stored key
     * @param isNew whether it was created; if not, it existed before
     */
    public record Creation(KeyObject key, boolean isNew) {}

    /** Creates a key from the client's members, and generates missing ones at random. If the id is taken, the other members are ignored. */
    public Creation create(Owner owner, KeyFields fields, @Nullable Kek kek) {
        Optional<KeyId> kid = fields.kid();
        Optional<StoredKey> there = kid.flatMap(known -> keys.find(owner, known));
        Created created = there.map(key -> new Created(key, false))
                .orElseGet(() -> keys.create(owner, newKey(kid.orElseGet(this::drawKid), fields, kek)));
        return new Creation(describe(created.key(), kek), created.isNew());
    }

    /** Whether the stored key has the value that the client gives. True if the client gives none. */
    public boolean holds(Owner owner, KeyId kid, KeyFields fields, @Nullable Kek kek) {
        return material(fields, kek)
                .map(ek -> keys.find(owner, kid)
                        .filter(key -> !key.isHeld())
                        .map(StoredKey::ek)
                        .filter(ek::equals)
                        .isPresent())
                .orElse(true);
    }

    /** Changes the members of a key that the client gives. If a kek is given, it must unwrap the changed key. */
    public KeyObject update(Owner owner, KeyId kid, KeyFields fields, @Nullable Kek kek) {
        return keys.update(owner, kid, key -> changed(key, fields, kek))
                .map(key -> describe(key, kek))
                .orElseThrow(() -> notFound("no key is stored under kid"));
    }

    /** A key, expired or not. An expired one has no value, neither in clear nor wrapped. */
    public Optional<KeyObject> find(Owner owner, KeyId kid, @Nullable Kek kek) {
        return keys.find(owner, kid).map(key -> describe(key, kek));
    }

    /** The keys with these ids, in their order. All of them must exist. */
    public List<KeyObject> read(Owner owner, List<KeyId> kids, @Nullable Kek kek) {
        return find(owner, kids).stream().map(key -> describe(key, kek)).toList();
    }

    /** The values of these keys: in clear if a kek is given, otherwise {@code #} and the wrapped key. */
    public List<String> readValues(Owner owner, List<KeyId> kids, @Nullable Kek kek) {
        return find(owner, kids).stream().map(key -> value(key, kek)).toList();
    }

    /**
     * One page of all keys in the order of their ids, including expired ones. Keys that the kek does not unwrap are returned without {@code k}.
     *
     * @param after the last id of the previous page; null for the first
     * @param limit the largest number of keys, 1 to {@link #LARGEST_PAGE}
     */
    public List<KeyObject> page(Owner owner, @Nullable KeyId after, int limit, @Nullable Kek kek) {
        return keys.page(owner, after, limit).stream()
                .map(key -> describe(key, kek != null && !key.isHeld() && opens(kek, key.ek()) ? kek : null))
                .toList();
    }

    /** Deletes a key, expired or not. */
    public void delete(Owner owner, KeyId kid) {
        if (!keys.delete(owner, kid)) {
            throw notFound("no key is stored under kid");
        }
    }

    /** The number of keys, including expired ones. */
    public long count(Owner owner) {
        return keys.count(owner);
    }

    private List<StoredKey> find(Owner owner, List<KeyId> kids) {
        Map<KeyId, StoredKey> found = keys.findAll(owner, kids);
        Instant now = clock.instant();
        return IntStream.range(0, kids.size())
                .mapToObj(i -> {
                    // Not the kid itself: clients sometimes send a key there by mistake.
                    String name = kids.size() == 1 ? "kid" : "the kid in place " + (i + 1);
                    StoredKey key = found.get(kids.get(i));
                    if (key == null) {
                        throw notFound("no key is stored under " + name);
                    }
                    if (key.isExpired(now)) {
                        throw notFound("the key under " + name + " has expired");
                    }
                    return key;
                })
                .toList();
    }

    /** A new key from the client's members; missing ones are generated at random. */
    StoredKey newKey(KeyId kid, KeyFields fields, @Nullable Kek kek) {
        EncryptedKey ek = material(fields, kek).orElseGet(() -> drawKey(kek));
        requireOpening(kek, ek);
        String kekId = kekId(fields, kek).orElse("");
        return new StoredKey(kid, ek, kekId, fields.info(null), fields.contentId(null), fields.expiration(null), now());
    }

    private StoredKey changed(StoredKey key, KeyFields fields, @Nullable Kek kek) {
        if (key.isHeld()) {
            requireNoKek(kek);
            if (fields.has("k") || fields.has("ek") || fields.has("kekId")) {
                throw invalid("the service holds the key, whose k, ek and kekId cannot be set");
            }
        }
        Optional<EncryptedKey> material = material(fields, kek);
        EncryptedKey ek = material.orElse(key.ek());
        requireOpening(kek, ek);
        boolean kekChanges = material.isPresent() || fields.kekId().isPresent();
        return new StoredKey(
                key.kid(),
                ek,
                kekChanges ? kekId(fields, kek).orElse(key.kekId()) : key.kekId(),
                fields.info(key.info()),
                fields.contentId(key.contentId()),
                fields.expiration(key.expiration()),
                now(),
                key.heldBy(),
                key.trackType());
    }

    /** The wrapped key that a client gives: wrapped, in clear, or both, as in answers and exports. */
    private static Optional<EncryptedKey> material(KeyFields fields, @Nullable Kek kek) {
        Optional<EncryptedKey> ek = fields.ek();
        Optional<ContentKey> k = fields.k();
        if (k.isEmpty()) {
            return ek;
        }
        try {
            if (kek == null) {
                throw invalid("k needs kek");
            }
            // The same key with the same kek always wraps to the same bytes.
            EncryptedKey wrapped = KeyWrap.wrap(kek, k.get());
            if (ek.isPresent() && !ek.get().equals(wrapped)) {
                requireOpening(kek, ek.get());
                throw invalid("k and ek are different keys");
            }
            return Optional.of(wrapped);
        } finally {
            k.get().wipe();
        }
    }

    /** The new name of the kek; empty if unknown. */
    private static Optional<String> kekId(KeyFields fields, @Nullable Kek kek) {
        Optional<String> given = fields.kekId();
        if (kek == null) {
            return given;
        }
        if (given.isPresent() && !KekId.fits(given.get(), kek)) {
            throw TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "kekId is that of another kek");
        }
        return Optional.of(given.orElseGet(() -> KekId.of(kek)));
    }

    private EncryptedKey drawKey(@Nullable Kek kek) {
        if (kek == null) {
            throw invalid("a new key needs ek or kek");
        }
        byte[] bytes = draw(ContentKey.LENGTH);
        ContentKey key = ContentKey.of(bytes);
        try {
            return KeyWrap.wrap(kek, key);
        } finally {
            key.wipe();
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private KeyId drawKid() {
        return KeyId.of(draw(KeyId.LENGTH));
    }

    private byte[] draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String value(StoredKey key, @Nullable Kek kek) {
        if (key.isHeld()) {
            requireNoKek(kek);
            throw invalid("the service holds the key and does not reveal its value");
        }
        return kek == null ? "#" + hex(key.ek()) : reveal(key, kek);
    }

    /** No kek opens a key that the service holds, not even one that a client guesses to be the storage ring's. */
    private static void requireNoKek(@Nullable Kek kek) {
        if (kek != null) {
            throw TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "the service holds the key, and no kek opens it");
        }
    }

    private KeyObject describe(StoredKey key, @Nullable Kek kek) {
        if (key.isHeld()) {
            requireNoKek(kek);
            return KeyObject.ofHeld(key);
        }
        boolean expired = key.isExpired(clock.instant());
        if (expired) {
            // Otherwise it is unwrapped below.
            requireOpening(kek, key.ek());
        }
        return new KeyObject(
                key.kid().toString(),
                expired || kek == null ? null : reveal(key, kek),
                expired ? null : hex(key.ek()),
                key.kekId().isEmpty() ? null : key.kekId(),
                key.info(),
                key.contentId(),
                Objects.toString(key.expiration(), null),
                key.lastUpdate().toString());
    }

    private static String reveal(StoredKey key, Kek kek) {
        try {
            ContentKey clear = KeyWrap.unwrap(kek, key.ek());
            try {
                return clear.revealHex();
            } finally {
                clear.wipe();
            }
        } catch (KeyWrapException e) {
            throw incorrectKek();
        }
    }

    private static void requireOpening(@Nullable Kek kek, EncryptedKey ek) {
        if (kek != null && !opens(kek, ek)) {
            throw incorrectKek();
        }
    }

    private static boolean opens(Kek kek, EncryptedKey ek) {
        try {
            KeyWrap.unwrap(kek, ek).wipe();
            return true;
        } catch (KeyWrapException e) {
            return false;
        }
    }

    private static String hex(EncryptedKey ek) {
        return HexFormat.of().formatHex(ek.toByteArray());
    }

    /** Whole seconds, which every database can store. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static TokenException incorrectKek() {
        return TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "the key does not open under kek");
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details);
    }

    private static TokenException notFound(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details).withStatus(NOT_FOUND);
    }
}
