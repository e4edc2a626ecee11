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
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.storage.StorageException;
import io.playgrant.token.KeyMaterial;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** Obtains the content keys of a request, one after the other, each in the way that its material asks for (protocol section 2). */
public final class KeyMaterialSteps {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final KeyLookup storage;
    private final Clock clock;

    /**
     * The steps.
     *
     * @param storage stored keys as requests see them
     */
    public KeyMaterialSteps(KeyLookup storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.decision("another-key", Issuance.class, Issuance::hasAnotherKey);
        steps.step("next-key", Issuance.class, Issuance::beginNextKey);
        steps.decision("key-is-clear", Issuance.class, is(KeyMaterial.CLEAR));
        steps.decision("key-is-wrapped", Issuance.class, is(KeyMaterial.WRAPPED));
        steps.decision("key-is-stored", Issuance.class, is(KeyMaterial.STORED));
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
        issuance.setStoredKey(
                find(issuance.caller(), TokenKey.kid(request), request.kid().name()));
    }

    private EncryptedKey find(Caller caller, KeyId kid, String name) {
        try {
            KeyLookup.Found found = storage.find(caller.account().number(), caller.environment(), kid)
                    .orElseThrow(() -> notFound("no key is stored under " + name));
            if (found.isExpired(clock.instant())) {
                throw notFound("the key that is stored under " + name + " has expired");
            }
            return found.ek();
        } catch (StorageException e) {
            throw notFound("the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        }
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
        throw switch (request.material()) {
            case WITHOUT_KEK -> TokenException.of(ErrorCode.INVALID_ENCRYPTED_KEY, ek + " needs " + kek);
            case AMBIGUOUS ->
                TokenException.of(
                        ErrorCode.INVALID_KEY_DATA, contentKey + " cannot stand together with " + kek + " or " + ek);
            default ->
                TokenException.of(
                        ErrorCode.INVALID_CONTENT_KEY,
                        "one of these is required: " + contentKey + "; " + kek + " and " + ek + "; " + kek
                                + " of a stored key");
        };
    }
}
