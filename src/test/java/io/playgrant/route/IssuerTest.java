package io.playgrant.route;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.config.Rooms;
import io.playgrant.keystore.KeyStorage;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.token.Parameters;
import java.nio.file.Path;
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

    private Rooms rooms;
    private Customer customer;

    @BeforeEach
    void openRooms(@TempDir Path folder) throws Exception {
        rooms = RunningService.openRooms(folder, Map.of(), KeyStorage.empty());
        customer = Customer.of(rooms.accounts().create("Test", Profile.STRICT, List.of()));
    }

    @AfterEach
    void closeRooms() {
        rooms.close();
    }

    @Test
    void manyThreads_areGivenATokenEach() throws Exception {
        try (Issuer issuer = Issuer.open(rooms)) {
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
        rooms.accounts().change(customer.account(), AccountChange.credits(Limit.of(1_000)));
        try (Issuer issuer = Issuer.open(rooms)) {
            assertThat(issuer.issue(Item.of("a", request())).error()).isNull();
        }
        assertThat(rooms.accounts().find(customer.account()).orElseThrow().credits())
                .isEqualTo(Limit.of(999));
    }

    private Parameters request() {
        return new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", "^film")
                .add("contentKey", KEY)
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0");
    }
}
