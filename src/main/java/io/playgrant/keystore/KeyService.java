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
 * What clients can do with stored keys (protocol section 6). Keys come and go in clear only with the kek that wraps them, which is not kept
 * and is wiped by whoever brings it.
 *
 * <p>Every method throws {@link TokenException} with one of the key storage's codes for what it refuses, and
 * {@link io.playgrant.storage.StorageException} if the storage is out of reach.
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
     * What came of a creation.
     *
     * @param key the key that is stored now
     * @param isNew whether it was made; if not, it was there before
     */
    public record Creation(KeyObject key, boolean isNew) {}

    /** Makes a key, of what the client gives and otherwise at random, unless its id is taken; the rest is ignored then. */
    public Creation create(Owner owner, KeyFields fields, @Nullable Kek kek) {
        Optional<KeyId> kid = fields.kid();
        Optional<StoredKey> there = kid.flatMap(known -> keys.find(owner, known));
        Created created = there.map(key -> new Created(key, false))
                .orElseGet(() -> keys.create(owner, newKey(kid.orElseGet(this::drawKid), fields, kek)));
        return new Creation(describe(created.key(), kek), created.isNew());
    }

    /** Whether what is stored under an id is the value that the client gives; so it is if it gives none. */
    public boolean holds(Owner owner, KeyId kid, KeyFields fields, @Nullable Kek kek) {
        return material(fields, kek)
                .map(ek -> keys.find(owner, kid)
                        .map(StoredKey::ek)
                        .filter(ek::equals)
                        .isPresent())
                .orElse(true);
    }

    /** Changes what the client gives of a key. With a kek, the key must open under it afterwards. */
    public KeyObject update(Owner owner, KeyId kid, KeyFields fields, @Nullable Kek kek) {
        return keys.update(owner, kid, key -> changed(key, fields, kek))
                .map(key -> describe(key, kek))
                .orElseThrow(() -> notFound("no key is stored under kid"));
    }

    /** A key, expired or not. An expired one has no value, neither in clear nor wrapped. */
    public Optional<KeyObject> find(Owner owner, KeyId kid, @Nullable Kek kek) {
        return keys.find(owner, kid).map(key -> describe(key, kek));
    }

    /** The keys of some ids, in their order; all must be there. */
    public List<KeyObject> read(Owner owner, List<KeyId> kids, @Nullable Kek kek) {
        return find(owner, kids).stream().map(key -> describe(key, kek)).toList();
    }

    /** The same as bare values: in clear with a kek, else wrapped, with {@code #} before it. */
    public List<String> readValues(Owner owner, List<KeyId> kids, @Nullable Kek kek) {
        return find(owner, kids).stream()
                .map(key -> kek == null ? "#" + hex(key.ek()) : reveal(key, kek))
                .toList();
    }

    /**
     * All keys in the order of their ids, a page of them, expired ones too. Those that the kek is not for are described without it.
     *
     * @param after the last id of the page before; null for the first
     * @param limit how many there are at most, 1 to {@link #LARGEST_PAGE}
     */
    public List<KeyObject> page(Owner owner, @Nullable KeyId after, int limit, @Nullable Kek kek) {
        return keys.page(owner, after, limit).stream()
                .map(key -> describe(key, kek != null && opens(kek, key.ek()) ? kek : null))
                .toList();
    }

    /** Takes a key away, expired or not. */
    public void delete(Owner owner, KeyId kid) {
        if (!keys.delete(owner, kid)) {
            throw notFound("no key is stored under kid");
        }
    }

    /** How many keys there are, expired ones too. */
    public long count(Owner owner) {
        return keys.count(owner);
    }

    private List<StoredKey> find(Owner owner, List<KeyId> kids) {
        Map<KeyId, StoredKey> found = keys.findAll(owner, kids);
        Instant now = clock.instant();
        return IntStream.range(0, kids.size())
                .mapToObj(i -> {
                    // Not the kid itself: some write a key there by mistake.
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

    /** A key that is not stored yet, of what the client gives and otherwise at random. */
    StoredKey newKey(KeyId kid, KeyFields fields, @Nullable Kek kek) {
        EncryptedKey ek = material(fields, kek).orElseGet(() -> drawKey(kek));
        requireOpening(kek, ek);
        String kekId = kekId(fields, kek).orElse("");
        return new StoredKey(kid, ek, kekId, fields.info(null), fields.contentId(null), fields.expiration(null), now());
    }

    private StoredKey changed(StoredKey key, KeyFields fields, @Nullable Kek kek) {
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
                now());
    }

    /** The wrapped key that a client gives: wrapped, in clear, or both, as answers and exports have it. */
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
            // The same key under the same kek is always wrapped to the same.
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

    /** What the kek is called from now on; empty if nobody knows. */
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

    private KeyObject describe(StoredKey key, @Nullable Kek kek) {
        boolean expired = key.isExpired(clock.instant());
        if (expired) {
            // Otherwise it is opened below.
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

    /** Whole seconds, which every database keeps. */
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
