package io.playgrant.bench;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Authenticator;
import io.playgrant.account.Caller;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.token.Lenient;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Strict;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenMint;
import io.playgrant.token.TokenRequest;
import io.playgrant.token.constraint.Violations;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The steps of the flow, called one after the other, without Camel. Knows clear keys only, and charges nobody. */
final class PlainIssuer implements AutoCloseable {

    private static final String RIGHTS_URL = "http://127.0.0.1:8080/hms/wv/rights/";

    private final AccountCache accounts;
    private final Authenticator authenticator;
    private final Validator validator;
    private final TokenMint mint;

    PlainIssuer(Application application) {
        accounts = application.newAccountCache();
        authenticator = new Authenticator(accounts, application.accounts().authenticators());
        validator = Validation.byDefaultProvider()
                .configure()
                .clockProvider(application::clock)
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        mint = new TokenMint(application.keyRing(), application.clock(), application.random());
    }

    TokenResult issue(Item item) {
        try {
            return TokenResult.of(item.id(), url(item));
        } catch (TokenException e) {
            return TokenResult.of(item.id(), ErrorMessage.of(e));
        }
    }

    private String url(Item item) {
        if (item.refusal() != null) {
            throw item.refusal();
        }
        TokenRequest request = TokenRequest.of(item.parameters());
        Caller caller = authenticator.identify(request.customerAuthenticator().values());
        authenticator.admit(caller, Origin.internal());
        validate(request, caller.account().profile() == Profile.LENIENT ? Lenient.class : Strict.class);
        List<TokenKey> keys = request.keys().stream()
                .map(key -> TokenKey.of(key, ContentKey.ofHex(key.contentKey().value())))
                .toList();
        LicenseToken token = mint.mint(request, caller, keys);
        keys.forEach(key -> key.contentKey().wipe());
        return token.url(RIGHTS_URL, request.wantsHttps());
    }

    private void validate(TokenRequest request, Class<?> group) {
        Set<ConstraintViolation<TokenRequest>> violations = validator.validate(request, group);
        if (!violations.isEmpty()) {
            throw Violations.refusal(violations);
        }
    }

    @Override
    public void close() {
        accounts.close();
    }
}
