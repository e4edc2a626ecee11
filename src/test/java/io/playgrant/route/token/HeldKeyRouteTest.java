package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.KeyCache;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.token.Claims;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenOpener;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The branches of keys that the service holds. */
class HeldKeyRouteTest extends FlowTestSupport {

    private static final String KEY = secret("5a5b5c5d5e5f60616263646566676869");
    private static final String OTHER_KEY = secret("6a6b6c6d6e6f70717273747576777879");

    private final KeyCache keys = application().newKeyCache();
    private final Customer customer = newCustomer(Profile.LENIENT);

    @Override
    protected KeyLookup keyStorage() {
        return keys;
    }

    @AfterEach
    void closeKeys() {
        keys.close();
    }

    @Test
    void kidAlone_isOpened() throws Exception {
        hold("video", KEY);
        assertThat(issue("kid", "^video"))
                .extracting(key -> key.contentKey().revealHex())
                .containsExactly(KEY);
    }

    @Test
    void contentIdAlone_opensAllKeysOfTheContent() throws Exception {
        hold("video", KEY);
        hold("audio", OTHER_KEY);
        assertThat(issue("contentId", "film"))
                .extracting(key -> key.contentKey().revealHex())
                .containsExactlyInAnyOrder(KEY, OTHER_KEY);
    }

    private void hold(String name, String key) {
        HeldSamples.hold(
                application(),
                new Owner(customer.account(), Environment.PRODUCTION),
                KeyId.ofName(name),
                key,
                "film",
                1);
    }

    private List<TokenKey> issue(String name, String value) throws Exception {
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", customer.production())
                .add(name, value);
        Exchange answer = template.send("direct:token", issuance(parameters)::begin);
        assertThat(answer.getException()).isNull();
        Claims claims = new TokenOpener(application().keyRing())
                .open(issuance(answer).token().value());
        return claims.keys();
    }
}
