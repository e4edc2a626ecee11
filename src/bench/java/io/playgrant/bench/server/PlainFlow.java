package io.playgrant.bench.server;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Authenticator;
import io.playgrant.account.Caller;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyCache;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.Lenient;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameter;
import io.playgrant.token.Strict;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenMint;
import io.playgrant.token.TokenRequest;
import io.playgrant.token.constraint.Violations;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * The steps of the flow from a request to its token, called one after the other, without Camel. It does what the routes do, and nothing
 * that they do not do: it is what one would write by hand.
 */
public final class PlainFlow implements AutoCloseable {

    private static final Set<String> ERROR_FORMATS = Set.of("html", "json");

    private final Clock clock;
    private final AccountCache accounts;
    private final KeyCache storedKeys;
    private final Authenticator authenticator;
    private final Validator validator;
    private final TokenMint mint;

    public PlainFlow(Application application) {
        clock = application.clock();
        accounts = application.newAccountCache();
        storedKeys = application.newKeyCache();
        authenticator = new Authenticator(accounts, application.accounts().authenticators());
        validator = Validation.byDefaultProvider()
                .configure()
                .clockProvider(application::clock)
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        mint = new TokenMint(application.keyRing(), application.clock(), application.random());
    }

    /** Checks how errors are to be written. */
    public void checkErrorFormat(TokenRequest request) {
        Parameter format = request.errorFormat();
        if (!format.isAbsent() && !(format.isSingle() && ERROR_FORMATS.contains(format.value()))) {
            throw TokenException.of(ErrorCode.INVALID_ERROR_FORMAT, "errorFormat must be html or json, given once");
        }
    }

    /** Finds out who is calling. */
    public Caller identify(TokenRequest request) {
        Parameter given = request.customerAuthenticator();
        if (given.malformed()) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be percent-encoded UTF-8");
        }
        return authenticator.identify(given.values());
    }

    /** Checks what a caller may do. */
    public void admit(Caller caller, Origin origin) {
        authenticator.admit(caller, origin);
    }

    /** Checks a request by the rules of its caller's profile. */
    public void validate(TokenRequest request, Caller caller) {
        Profile profile = caller.account().profile();
        if (request.keepsAllRules(profile, clock.instant())) {
            return;
        }
        Class<?> group = profile == Profile.LENIENT ? Lenient.class : Strict.class;
        Set<ConstraintViolation<TokenRequest>> violations = validator.validate(request, group);
        if (!violations.isEmpty()) {
            throw Violations.refusal(violations);
        }
    }

    /** Obtains the content keys of a request. */
    public List<TokenKey> keys(TokenRequest request, Caller caller) {
        List<TokenKey> keys = new ArrayList<>(request.keys().size());
        for (KeyRequest key : request.keys()) {
            keys.add(TokenKey.of(key, contentKey(key, caller)));
        }
        return keys;
    }

    /** Mints the token, and wipes the keys. */
    public LicenseToken mint(TokenRequest request, Caller caller, List<TokenKey> keys) {
        LicenseToken token = mint.mint(request, caller, keys);
        keys.forEach(key -> key.contentKey().wipe());
        return token;
    }

    private ContentKey contentKey(KeyRequest key, Caller caller) {
        return switch (key.material()) {
            case CLEAR -> ContentKey.ofHex(key.contentKey().value());
            case WRAPPED -> unwrap(key, EncryptedKey.ofHex(key.ek().value()));
            case STORED -> unwrap(key, stored(TokenKey.kid(key), caller));
            default -> throw TokenException.of(ErrorCode.INVALID_CONTENT_KEY, "this material gives no key");
        };
    }

    private EncryptedKey stored(KeyId kid, Caller caller) {
        return storedKeys
                .find(caller.account().number(), caller.environment(), kid)
                .filter(found -> !found.isExpired(clock.instant()))
                .orElseThrow(() -> TokenException.of(ErrorCode.KEY_STORAGE_FAILED, "no key is stored"))
                .ek();
    }

    private static ContentKey unwrap(KeyRequest key, EncryptedKey wrapped) {
        Kek kek = Kek.ofHex(key.kek().value());
        try {
            return KeyWrap.unwrap(kek, wrapped);
        } catch (KeyWrapException e) {
            throw TokenException.of(ErrorCode.INVALID_ENCRYPTED_KEY, key.ek().name() + " does not open");
        } finally {
            kek.wipe();
        }
    }

    @Override
    public void close() {
        storedKeys.close();
        accounts.close();
    }
}
