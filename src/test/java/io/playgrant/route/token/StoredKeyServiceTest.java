package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens for keys that stand in the key storage, asked for with kid and kek alone. */
class StoredKeyServiceTest {

    private static final String KEK = secret("00112233445566778899aabbccddeeff");
    private static final String OTHER_KEK = secret("ffeeddccbbaa99887766554433221100");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final String KEY = secret("12341234123412341234123412341234");
    private static final KeyId FILM = KeyId.ofName("film");

    @TempDir
    private Path data;

    private RunningService service;
    private Customer customer;
    private Owner owner;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(data, Map.of());
        customer = service.newCustomer(Profile.STRICT);
        owner = new Owner(customer.account(), Environment.PRODUCTION);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void storedKey_isInTheToken() throws Exception {
        store(service.application(), FILM, null);
        Answer answer = ask("film", KEK);
        assertThat(answer.status()).isEqualTo(200);
        TokenKey key = open(answer);
        assertThat(key.kid()).isEqualTo(FILM);
        assertThat(key.contentKey().revealHex()).isEqualTo(KEY);
    }

    @Test
    void unknownKey_isMinus4019_untilItIsMade() throws Exception {
        assertRefused(ask("film", KEK), 400, "no key is stored under kid");
        store(service.application(), FILM, null);
        assertThat(ask("film", KEK).status()).isEqualTo(200);
    }

    @Test
    void expiredKey_isMinus4019() throws Exception {
        store(service.application(), FILM, Instant.now().minusSeconds(1));
        assertRefused(ask("film", KEK), 400, "the key that is stored under kid has expired");
    }

    @Test
    void keyOfTheOtherEnvironment_isMinus4019() throws Exception {
        owner = new Owner(customer.account(), Environment.TEST);
        store(service.application(), FILM, null);
        assertRefused(ask("film", KEK), 400, "no key is stored under kid");
    }

    @Test
    void wrongKek_isMinus4024() throws Exception {
        store(service.application(), FILM, null);
        Answer answer = ask("film", OTHER_KEK);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"code\":-4024,\"message\":\"[-4024] Invalid encrypted key or kek:"
                        + " the stored key does not open under kek\"}");
    }

    @Test
    void deletionByAnotherProcess_isSeenWithin5Seconds() throws Exception {
        try (Application other = RunningService.openApplication(data, Map.of())) {
            store(other, FILM, null);
            assertThat(ask("film", KEK).status()).isEqualTo(200);
            assertThat(other.storedKeys().delete(owner, FILM)).isTrue();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> ask("film", KEK).status() == 400);
    }

    @Test
    void databaseOutOfReach_is503_butNotForKeysInMemory() throws Exception {
        store(service.application(), FILM, null);
        assertThat(ask("film", KEK).status()).isEqualTo(200);
        service.application().database().close();
        assertThat(ask("film", KEK).status()).isEqualTo(200);
        assertRefused(ask("another film", KEK), 503, "the key storage is out of reach, try again later");
    }

    private Answer ask(String name, String kek) throws IOException {
        return service.http()
                .get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&errorFormat=json&kid=%5E"
                        + name.replace(" ", "%20") + "&kek=" + kek + "&securityLevel=1&hdcpOutputControl=0");
    }

    private void store(Application application, KeyId kid, @Nullable Instant expiration) {
        application
                .storedKeys()
                .create(
                        owner,
                        new StoredKey(kid, EncryptedKey.ofHex(EK), "#1.", null, null, expiration, Instant.now()));
    }

    private TokenKey open(Answer answer) {
        String token = answer.body().substring(answer.body().indexOf('=') + 1);
        return new TokenOpener(service.application().keyRing())
                .open(token)
                .keys()
                .get(0);
    }

    private static void assertRefused(Answer answer, int status, String details) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body())
                .isEqualTo("{\"code\":-4019,\"message\":\"[-4019] Failed to get content key from key storage service: "
                        + details + "\"}");
    }
}
