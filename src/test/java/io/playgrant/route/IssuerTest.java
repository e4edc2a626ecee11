package io.playgrant.route;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.token.Parameters;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTest {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");

    private static final String KEK = secret("00112233445566778899aabbccddeeff");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");

    private Application application;
    private Customer customer;

    @BeforeEach
    void openApplication(@TempDir Path folder) throws Exception {
        application = RunningService.openApplication(folder, Map.of());
        customer = Customer.of(application.accounts().create("Test", Profile.STRICT, List.of()));
    }

    @AfterEach
    void closeApplication() {
        application.close();
    }

    @Test
    void manyThreads_areGivenATokenEach() throws Exception {
        try (Issuer issuer = Issuer.open(application)) {
            List<TokenResult> results = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> issuer.issue(Item.of(Integer.toString(i), request())))
                    .toList();
            assertThat(results).extracting(TokenResult::error).containsOnlyNulls();
            Set<String> urls = results.stream().map(TokenResult::licenseUrl).collect(Collectors.toSet());
            assertThat(urls).hasSize(200);
        }
    }

    @Test
    void unusedCredits_areGivenBack() throws Exception {
        application.accounts().change(customer.account(), AccountChange.credits(Limit.of(1_000)));
        try (Issuer issuer = Issuer.open(application)) {
            assertThat(issuer.issue(Item.of("a", request())).error()).isNull();
        }
        assertThat(application.accounts().find(customer.account()).orElseThrow().credits())
                .isEqualTo(Limit.of(999));
    }

    @Test
    void storedKey_isLookedUp() throws Exception {
        Owner owner = new Owner(customer.account(), Environment.PRODUCTION);
        try (Issuer issuer = Issuer.open(application)) {
            Item item = Item.of("a", rules().add("kek", KEK));
            assertThat(issuer.issue(item).licenseUrl()).isNull();
            application
                    .storedKeys()
                    .create(
                            owner,
                            new StoredKey(
                                    KeyId.ofName("film"),
                                    EncryptedKey.ofHex(EK),
                                    "#1.",
                                    null,
                                    null,
                                    null,
                                    Instant.now()));
            assertThat(issuer.issue(item).error()).isNull();
        }
    }

    private Parameters request() {
        return rules().add("contentKey", KEY);
    }

    private Parameters rules() {
        return new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", "^film")
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0");
    }
}
