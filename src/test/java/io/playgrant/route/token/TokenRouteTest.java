package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Claims;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenOpener;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** {@code routes/token.camel.yaml}. */
class TokenRouteTest extends FlowTestSupport {

    private static final String KEY = secret("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final String KEK = secret("00112233445566778899aabbccddeeff");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final String UNWRAPPED = secret("12341234123412341234123412341234");

    @Override
    public KeyLookup keyStorage() {
        return (account, environment, kid) -> {
            if (kid.equals(KeyId.ofName("unreachable"))) {
                throw new StorageException("the storage is away");
            }
            return kid.equals(KeyId.ofName("stored"))
                    ? Optional.of(new KeyLookup.Found(EncryptedKey.ofHex(EK), null))
                    : Optional.empty();
        };
    }

    @Test
    void clearKey_isMinted() {
        Claims claims = open(issue(request(Profile.STRICT).add("contentKey", KEY)));
        assertThat(claims.keys()).extracting(TokenKey::kid).containsExactly(KeyId.ofName("film"));
        assertThat(claims.keys().get(0).contentKey().revealHex()).isEqualTo(KEY);
    }

    @Test
    void wrappedKey_isUnwrappedAndMinted() {
        Claims claims = open(issue(request(Profile.STRICT).add("kek", KEK).add("ek", EK)));
        assertThat(claims.keys().get(0).contentKey().revealHex()).isEqualTo(UNWRAPPED);
    }

    @Test
    void storedKey_isLookedUpUnwrappedAndMinted() {
        Claims claims = open(issue(request(Profile.STRICT, "^stored").add("kek", KEK)));
        assertThat(claims.keys().get(0).contentKey().revealHex()).isEqualTo(UNWRAPPED);
    }

    @Test
    void credits_areTakenForTokensOnly() {
        Customer customer = newCustomer(Profile.STRICT);
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(2)));
        assertThat(refusal(request(customer).add("kek", KEK).add("ek", EK).add("contentKey", KEY))
                        .code())
                .isEqualTo(ErrorCode.INVALID_KEY_DATA);
        Issuance longUrl = issuance(request(customer).add("contentKey", KEY), "http://" + "h".repeat(3_900) + "/");
        Exchange tooLong = template.send("direct:token", longUrl::begin);
        assertThat(tooLong.getException(TokenException.class).code()).isEqualTo(ErrorCode.INVALID_WV_EXTENSION);
        issue(request(customer).add("contentKey", KEY));
        issue(request(customer).add("contentKey", KEY));
        assertThat(refusal(request(customer).add("contentKey", KEY)))
                .hasMessage("[-2019] Insufficient tokens available: the account has no credits left");
    }

    @Test
    void rate_limitsTokens() {
        Customer customer = newCustomer(Profile.STRICT);
        // One a second: two in the same instant are one too many, however slow this machine is.
        application().accounts().change(customer.account(), AccountChange.rate(Limit.of(1)));
        TokenException refusal = null;
        while (refusal == null) {
            refusal = send(request(customer).add("contentKey", KEY)).getException(TokenException.class);
        }
        assertThat(refusal).hasMessage("[429] Too Many Requests: the account is given at most 1 tokens a second");
        assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(1));
    }

    @Test
    void licenseUrl_isLeftForTheTransport() {
        Exchange answer = send(request(Profile.STRICT).add("contentKey", KEY));
        LicenseToken token = issuance(answer).token();
        assertThat(issuance(answer).licenseUrl())
                .isEqualTo("http://127.0.0.1:0/hms/wv/rights/?ExpressPlayToken=" + token.value());
    }

    @Test
    void charge_comesLast() throws Exception {
        AdviceWith.adviceWith(
                context, "token", route -> route.weaveById("charge").replace().to("mock:charge"));
        MockEndpoint charge = getMockEndpoint("mock:charge");
        charge.expectedMessageCount(1);
        send(request(Profile.STRICT));
        send(request(Profile.STRICT).add("contentKey", KEY));
        charge.assertIsSatisfied();
        assertThat(issuance(charge.getExchanges().get(0)).licenseUrl()).isNotEmpty();
    }

    @Test
    void severalKeys_areEachObtainedInTheirWay_andKeepTheirOrder() {
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", newCustomer(Profile.LENIENT).production())
                .add("kid.0", "^first")
                .add("contentKey.0", KEY)
                .add("kid.1", "^second")
                .add("kek.1", KEK)
                .add("ek.1", EK)
                .add("kid.2", "^stored")
                .add("kek.2", KEK);
        Claims claims = open(issue(parameters));
        assertThat(claims.keys())
                .extracting(TokenKey::kid)
                .containsExactly(KeyId.ofName("first"), KeyId.ofName("second"), KeyId.ofName("stored"));
        assertThat(claims.keys())
                .extracting(key -> key.contentKey().revealHex())
                .containsExactly(KEY, UNWRAPPED, UNWRAPPED);
    }

    @Test
    void storedKey_thatDoesNotOpen_isRefused() {
        String otherKek = secret("0102030405060708090a0b0c0d0e0f10");
        assertThat(refusal(request(Profile.STRICT, "^stored").add("kek", otherKek)))
                .hasMessage("[-4024] Invalid encrypted key or kek: the stored key does not open under kek");
    }

    @Test
    void keysAfterAStoredOne_areNotTakenForIt() {
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", newCustomer(Profile.LENIENT).production())
                .add("kid.0", "^stored")
                .add("kek.0", KEK)
                .add("kid.1", "^second")
                .add("contentKey.1", KEY);
        assertThat(open(issue(parameters)).keys())
                .extracting(key -> key.contentKey().revealHex())
                .containsExactly(UNWRAPPED, KEY);
    }

    @Test
    void unknownStoredKey_isRefusedWith400() {
        TokenException refusal = refusal(request(Profile.STRICT).add("kek", KEK));
        assertThat(refusal)
                .hasMessage("[-4019] Failed to get content key from key storage service: no key is stored under kid");
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void storageOutOfReach_isRefusedWith503() {
        TokenException refusal = refusal(request(Profile.STRICT, "^unreachable").add("kek", KEK));
        assertThat(refusal.code()).isEqualTo(ErrorCode.KEY_STORAGE_FAILED);
        assertThat(refusal.status()).isEqualTo(503);
    }

    @Test
    void noKeyMaterial_isRefused() {
        assertThat(refusal(request(Profile.STRICT)).code()).isEqualTo(ErrorCode.INVALID_CONTENT_KEY);
    }

    @Test
    void oneBadKeyOfSeveral_isRefusedByItsName() {
        Parameters parameters = request(Profile.LENIENT, "")
                .add("kid.0", "^first")
                .add("contentKey.0", KEY)
                .add("kid.1", "^second")
                .add("ek.1", EK);
        assertThat(refusal(parameters)).hasMessage("[-4024] Invalid encrypted key or kek: ek.1 needs kek.1");
    }

    @Test
    void lenientProfile_needsNoRules() {
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", newCustomer(Profile.LENIENT).production())
                .add("kid", "^film")
                .add("contentKey", KEY);
        TokenKey key = open(issue(parameters)).keys().get(0);
        assertThat(key.securityLevel().number()).isEqualTo(1);
        assertThat(key.hdcpOutputControl().number()).isEqualTo(0);
        assertThat(key.trackType().number()).isEqualTo(1);
    }

    @Test
    void strictProfile_needsTheRules() {
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", newCustomer(Profile.STRICT).production())
                .add("kid", "^film")
                .add("contentKey", KEY);
        assertThat(refusal(parameters).code()).isEqualTo(ErrorCode.MISSING_SECURITY_LEVEL);
    }

    @Test
    void errorFormat_isCheckedBeforeTheAuthenticator() {
        assertThat(refusal(new Parameters().add("errorFormat", "xml")).code())
                .isEqualTo(ErrorCode.INVALID_ERROR_FORMAT);
    }

    @Test
    void authenticator_isCheckedBeforeTheParameters() {
        assertThat(refusal(new Parameters().add("kid", "wrong")).code()).isEqualTo(ErrorCode.MISSING_AUTHENTICATOR);
    }

    @Test
    void parameters_areCheckedBeforeTheKeyMaterial() {
        Parameters parameters = request(Profile.STRICT).add("ek", EK).add("cookie", "c".repeat(33));
        assertThat(refusal(parameters).code()).isEqualTo(ErrorCode.INVALID_COOKIE);
    }

    @Test
    void mint_isHandedTheKeysOfTheRequest() throws Exception {
        AdviceWith.adviceWith(
                context, "token", route -> route.weaveById("mint").replace().to("mock:mint"));
        MockEndpoint mint = getMockEndpoint("mock:mint");
        mint.expectedMessageCount(1);
        send(request(Profile.STRICT).add("contentKey", KEY));
        mint.assertIsSatisfied();
        assertThat(issuance(mint.getExchanges().get(0)).keys())
                .extracting(key -> key.kid().toString())
                .containsExactly(KeyId.ofName("film").toString());
    }

    @Test
    void unwrap_isHandedTheKeyRequest() throws Exception {
        AdviceWith.adviceWith(
                context,
                "token",
                route -> route.weaveById("unwrap-key").replace().to("mock:unwrap"));
        MockEndpoint unwrap = getMockEndpoint("mock:unwrap");
        unwrap.expectedMessageCount(1);
        send(request(Profile.STRICT).add("kek", KEK).add("ek", EK));
        unwrap.assertIsSatisfied();
        assertThat(issuance(unwrap.getExchanges().get(0)).keyRequest().ek().value())
                .isEqualTo(EK);
    }

    private Parameters request(Profile profile) {
        return request(profile, "^film");
    }

    private Parameters request(Profile profile, String kid) {
        return request(newCustomer(profile), kid);
    }

    private static Parameters request(Customer customer) {
        return request(customer, "^film");
    }

    private static Parameters request(Customer customer, String kid) {
        return new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", kid)
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0");
    }

    private Exchange send(Parameters parameters) {
        return template.send("direct:token", issuance(parameters)::begin);
    }

    private LicenseToken issue(Parameters parameters) {
        Exchange answer = send(parameters);
        assertThat(answer.getException()).isNull();
        return issuance(answer).token();
    }

    private TokenException refusal(Parameters parameters) {
        Exchange answer = send(parameters);
        return catchThrowableOfType(TokenException.class, () -> {
            throw RefusalMapper.of(answer.getException(), "test");
        });
    }

    private Claims open(LicenseToken token) {
        return new TokenOpener(application().keyRing()).open(token.value());
    }
}
