package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.storage.StorageException;
import io.playgrant.token.KeyIndexes;
import io.playgrant.token.KeyMaterial;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TrackType;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Obtains the content keys of a request, one after the other, each in the way that its material asks for (protocol section 2). */
public final class KeyMaterialSteps {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final KeyLookup storage;
    private final HeldKeys held;
    private final Clock clock;

    /**
     * The steps.
     *
     * @param storage stored keys as requests see them
     * @param held opens those that the service holds
     */
    public KeyMaterialSteps(KeyLookup storage, HeldKeys held, Clock clock) {
        this.storage = storage;
        this.held = held;
        this.clock = clock;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.decision("another-key", Issuance.class, Issuance::hasAnotherKey);
        steps.step("next-key", Issuance.class, Issuance::beginNextKey);
        steps.decision("key-is-clear", Issuance.class, is(KeyMaterial.CLEAR));
        steps.decision("key-is-wrapped", Issuance.class, is(KeyMaterial.WRAPPED));
        steps.decision("key-is-stored", Issuance.class, is(KeyMaterial.STORED));
        steps.decision("key-is-held", Issuance.class, is(KeyMaterial.HELD));
        steps.decision(
                "content-names-keys",
                Issuance.class,
                issuance -> issuance.request().namesContentOnly());
        steps.step("open-keys-of-content", Issuance.class, this::openKeysOfContent);
        steps.step("open-held-key", Issuance.class, this::openHeldKey);
        steps.step("read-content-key", Issuance.class, KeyMaterialSteps::readContentKey);
        steps.step("look-up-key", Issuance.class, this::lookUpKey);
        steps.step("unwrap-key", Issuance.class, KeyMaterialSteps::unwrapKey);
        steps.step("refuse-key-material", Issuance.class, KeyMaterialSteps::refuseKeyMaterial);
    }

    private static Predicate<Issuance> is(KeyMaterial material) {
        return issuance -> issuance.keyRequest().material() == material;
    }

    private static void readContentKey(Issuance issuance) {
        issuance.addKey(ContentKey.ofHex(issuance.keyRequest().contentKey().value()));
    }

    /** Finds the stored ek of a key of which the request brings only the kek. */
    private void lookUpKey(Issuance issuance) {
        KeyRequest request = issuance.keyRequest();
        String name = request.kid().name();
        KeyLookup.Found found = find(issuance.caller(), TokenKey.kid(request))
                .orElseThrow(() -> notFound("no key is stored under " + name));
        requireCurrent(found, name);
        if (found.heldBy() != null) {
            throw TokenException.of(
                    ErrorCode.INVALID_ENCRYPTED_KEY,
                    "the service holds the key under " + name + "; it opens under no kek, so leave out "
                            + request.kek().name());
        }
        issuance.setStoredKey(found.ek());
    }

    /** Opens the key of which the request brings nothing but the kid, if the service holds it. */
    private void openHeldKey(Issuance issuance) {
        KeyRequest request = issuance.keyRequest();
        KeyId kid = TokenKey.kid(request);
        KeyLookup.Found found = find(issuance.caller(), kid).orElseThrow(() -> missingKey(request));
        if (found.heldBy() == null) {
            throw missingKey(request);
        }
        requireCurrent(found, request.kid().name());
        int stored = Objects.requireNonNullElse(found.trackType(), TrackType.HD.number());
        issuance.addKey(TokenKey.ofHeld(request, kid, open(found), TokenKey.trackTypeOr(request, stored)));
    }

    /** Opens all current held keys of the content that the request names. */
    private void openKeysOfContent(Issuance issuance) {
        Caller caller = issuance.caller();
        List<KeyLookup.OfContent> found = fromStorage(() -> storage.current(
                caller.account().number(),
                caller.environment(),
                issuance.request().contentId().value()));
        if (found.isEmpty()) {
            throw notFound("the service holds no current key of this contentId");
        }
        if (found.size() > KeyIndexes.MOST) {
            throw TokenException.of(
                    ErrorCode.INVALID_WV_EXTENSION,
                    "contentId has more than " + KeyIndexes.MOST
                            + " current keys, and a token has no room for more; name some of them by kid.N");
        }
        KeyRequest rules = issuance.request().keys().get(0);
        int otherwise = TokenKey.trackTypeOr(rules, TrackType.HD.number());
        for (KeyLookup.OfContent one : found) {
            int trackType = Objects.requireNonNullElse(one.key().trackType(), otherwise);
            issuance.addKey(TokenKey.ofHeld(rules, one.kid(), open(one.key()), trackType));
        }
        issuance.endKeys();
    }

    private ContentKey open(KeyLookup.Found found) {
        return fromStorage(() -> held.open(found.ek(), Objects.requireNonNull(found.heldBy())));
    }

    private Optional<KeyLookup.Found> find(Caller caller, KeyId kid) {
        return fromStorage(() -> storage.find(caller.account().number(), caller.environment(), kid));
    }

    private static <T> T fromStorage(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw notFound("the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        }
    }

    private void requireCurrent(KeyLookup.Found found, String name) {
        if (found.isExpired(clock.instant())) {
            throw notFound("the key that is stored under " + name + " has expired");
        }
    }

    /** The request has no key material, and the service does not hold its key. */
    private static TokenException missingKey(KeyRequest request) {
        String kek = request.kek().name();
        return TokenException.of(
                ErrorCode.INVALID_CONTENT_KEY,
                "one of these is required: " + request.contentKey().name() + "; " + kek + " and "
                        + request.ek().name() + "; " + kek + " of a stored key; "
                        + request.kid().name()
                        + " of a key that the service holds");
    }

    private static TokenException notFound(String details) {
        return TokenException.of(ErrorCode.KEY_STORAGE_FAILED, details);
    }

    /** Opens an ek, sent or stored, with the request's kek (RFC 3394). */
    private static void unwrapKey(Issuance issuance) {
        KeyRequest request = issuance.keyRequest();
        Optional<EncryptedKey> stored = issuance.storedKey();
        EncryptedKey wrapped =
                stored.orElseGet(() -> EncryptedKey.ofHex(request.ek().value()));
        Kek kek = Kek.ofHex(request.kek().value());
        try {
            issuance.addKey(KeyWrap.unwrap(kek, wrapped));
        } catch (KeyWrapException e) {
            throw TokenException.of(
                    ErrorCode.INVALID_ENCRYPTED_KEY,
                    (stored.isPresent() ? "the stored key" : request.ek().name()) + " does not open under "
                            + request.kek().name());
        } finally {
            kek.wipe();
        }
    }

    /** Says why the material gives no key. */
    private static void refuseKeyMaterial(Issuance issuance) {
        KeyRequest request = issuance.keyRequest();
        String contentKey = request.contentKey().name();
        String kek = request.kek().name();
        String ek = request.ek().name();
        throw request.material() == KeyMaterial.WITHOUT_KEK
                ? TokenException.of(ErrorCode.INVALID_ENCRYPTED_KEY, ek + " needs " + kek)
                : TokenException.of(
                        ErrorCode.INVALID_KEY_DATA, contentKey + " cannot stand together with " + kek + " or " + ek);
    }
}
