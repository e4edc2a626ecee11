package io.playgrant.route.license;

import static io.playgrant.route.license.Player.error;
import static io.playgrant.route.license.RecordedRedemptions.device;
import static io.playgrant.route.license.RecordedRedemptions.redemption;
import static io.playgrant.route.license.RedeemableTokens.challenge;
import static io.playgrant.route.license.RedeemableTokens.keyRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.contentkey.KeyId;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.protobuf.ProtoWriter;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.license.Player.Answer;
import io.playgrant.route.token.TokenErrorsTest;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SampleTokens;
import io.playgrant.token.SealedTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redemption as players meet it: Widevine's licence service, a stand-in, in production, and Clear Key in the test environment. */
class RedemptionServiceTest {

    private static final String INVALID_TOKEN = error(-4010, "[-4010] Invalid token");
    private static final String NO_REQUEST =
            error(-7008, "[-7008] Failed to generate Widevine license: no licence request");

    @TempDir
    static Path dataDir;

    private static StandInCloud cloud;
    private static RunningService service;
    private static Customer customer;
    private static Player player;
    private static RedeemableTokens tokens;
    private static Player testPlayer;
    private static RedeemableTokens testTokens;

    @BeforeAll
    static void start() throws Exception {
        cloud = new StandInCloud(0, StandInBehaviour.GOOD);
        Map<String, String> environment = new HashMap<>(CloudSettings.of("PLAYGRANT_", cloud));
        environment.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        service = RunningService.start(dataDir, environment);
        customer = service.newCustomer(Profile.LENIENT);
        player = Player.ofProduction(service.port());
        tokens = new RedeemableTokens(service.application(), customer.account(), Environment.PRODUCTION);
        testPlayer = Player.ofTest(service.port());
        testTokens = new RedeemableTokens(service.application(), customer.account(), Environment.TEST);
    }

    @AfterAll
    static void stop() {
        service.close();
        cloud.close();
    }

    @Test
    void licence_isTheBytesOfTheLicenceService() throws Exception {
        Answer answer = player.redeem(tokens.token(), challenge());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.headers().keySet())
                .containsExactlyInAnyOrder(
                        "access-control-allow-origin",
                        "access-control-expose-headers",
                        "cache-control",
                        "x-content-type-options",
                        "x-request-id",
                        "content-length",
                        "content-type",
                        "connection");
        assertThat(answer.body()).startsWith(8, 2);
        assertThat(answer.body()).contains(RedeemableTokens.KEY.kid().toByteArray());
    }

    @Test
    void issuedLicenceUrl_isRedeemedUnchanged() throws Exception {
        String url = service.http()
                .get("/hms/wv/token?customerAuthenticator=" + customer.production()
                        + "&kid=%5Efilm&contentKey=00112233445566778899aabbccddeeff")
                .body();
        String target = url.substring(url.indexOf("/hms/"));
        assertThat(player.send("POST", target, challenge(KeyId.ofName("film"))).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hms/wv/rights", "/hms/wv/rights/"})
    void path_mayHaveASlashAtItsEnd(String path) throws Exception {
        assertThat(player.send("POST", path + "?ExpressPlayToken=" + tokens.token(), challenge())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                ""
            })
    void anyContentType_isAccepted(String type) throws Exception {
        assertThat(player.redeem(tokens.token(), challenge(), "Content-Type: " + type)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void token_mayBeInAHeader_andMustBeTheSameInBoth() throws Exception {
        String token = tokens.token();
        String header = "ExpressPlayToken: " + token;
        assertThat(player.send("POST", Player.RIGHTS, challenge(), header).status())
                .isEqualTo(200);
        assertThat(player.send("POST", Player.RIGHTS, challenge(), "expressplaytoken: " + token)
                        .status())
                .isEqualTo(200);
        assertThat(player.redeem(token, challenge(), header).status()).isEqualTo(200);
        assertThat(player.redeem(tokens.token(), challenge(), header).text()).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void tokenTwice_isRefusedUnlessItIsTheSame() throws Exception {
        String token = tokens.token();
        assertThat(player.redeem(token + "&ExpressPlayToken=" + token, challenge())
                        .status())
                .isEqualTo(200);
        assertThat(player.redeem(token + "&ExpressPlayToken=" + tokens.token(), challenge())
                        .text())
                .isEqualTo(INVALID_TOKEN);
        assertThat(player.redeem(
                                token, challenge(), "ExpressPlayToken: " + token, "ExpressPlayToken: " + tokens.token())
                        .text())
                .isEqualTo(INVALID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%FF", "x", "%00", "****", "a b"})
    void tokenThatIsNone_isInvalid(String token) throws Exception {
        Answer answer = player.redeem(token.replace(" ", "+"), challenge());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void everyChangeAndTruncationOfAToken_isInvalid() throws Exception {
        String token = tokens.token();
        byte[] message = challenge();
        for (int at = 0; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(player.redeem(changed, message).text())
                    .as("character %d", at)
                    .isEqualTo(INVALID_TOKEN);
            assertThat(player.redeem(token.substring(0, at), message).text())
                    .as("length %d", at)
                    .isEqualTo(INVALID_TOKEN);
        }
        assertThat(player.redeem(token + "A", message).text()).isEqualTo(INVALID_TOKEN);
        assertThat(player.redeem(token + "=", message).text()).isEqualTo(INVALID_TOKEN);
        assertThat(player.redeem(token, message).status()).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherDeployment_isInvalid() throws Exception {
        String token = new SealedTokens(SampleTokens::ring).of(tokens.claims(same -> same));
        assertThat(player.redeem(token, challenge()).text()).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void tokenOfARetiredKey_isInvalid() throws Exception {
        String old = service.application().keyRing().get().activeId(Environment.TEST);
        String token = testTokens.token();
        assertThat(testPlayer.redeem(token, keyRequest()).status()).isEqualTo(200);
        String fresh = service.application().keyRingEditor().add(Environment.TEST);
        service.application().keyRingEditor().activate(Environment.TEST, fresh);
        assertThat(testPlayer.redeem(token, keyRequest()).status()).isEqualTo(200);
        service.application().keyRingEditor().retire(Environment.TEST, old);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(testPlayer.redeem(token, keyRequest()).text())
                                .isEqualTo(INVALID_TOKEN));
    }

    @Test
    void tokenOfTheOtherEnvironment_isInvalid() throws Exception {
        Claims claims = testTokens.claims(same -> same);
        Answer answer = player.redeem(testTokens.of(claims), challenge());
        assertThat(answer.text()).isEqualTo(INVALID_TOKEN);
        assertThat(reason(claims))
                .isEqualTo("the token is of the test environment, the host is of the production environment");
        assertThat(testPlayer.redeem(tokens.token(), keyRequest()).text()).isEqualTo(INVALID_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"3600, 200", "0, 200", "-55, 200", "-61, 401", "-3600, 401"})
    void expiry_allowsForClocksThatDifferByAMinute(long seconds, int status) throws Exception {
        Instant now = now();
        Answer answer = player.redeem(tokens.token(claims -> claims.expiresAt(now.plusSeconds(seconds))), challenge());
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"-3600, 200", "0, 200", "60, 200", "3600, 401"})
    void notBefore_allowsForClocksThatDifferByAMinute(long seconds, int status) throws Exception {
        Instant now = now();
        Answer answer = player.redeem(tokens.token(claims -> claims.notBefore(now.plusSeconds(seconds))), challenge());
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void expiredToken_isRecordedWithItsReason() throws Exception {
        Instant end = now().minus(Duration.ofHours(1));
        Claims claims = tokens.claims(builder -> builder.expiresAt(end).contentId("film"));
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.header("www-authenticate")).isEqualTo("ExpressPlayToken");
        TokenRecord record = record(claims);
        assertThat(record.code()).isEqualTo(-4010);
        assertThat(record.requestId()).isEqualTo(answer.header("x-request-id"));
        assertThat(record.account()).isEqualTo(customer.account());
        assertThat(record.contentId()).isEqualTo("film");
        assertThat(record.address()).isEqualTo("127.0.0.1");
        assertThat(redemption(record).reason()).isEqualTo("expired at " + end);
        assertThat(redemption(record).service()).isNull();
    }

    @Test
    void renewal_outlivesItsToken_butNotTheLicence() throws Exception {
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();
        UnaryOperator<ClaimsBuilder> expired = claims -> claims.expiresAt(now().minus(Duration.ofMinutes(10)));
        Claims alive = tokens.claims(claims -> expired.apply(claims).licenseDuration(3600));
        assertThat(player.redeem(tokens.of(alive), renewal).status()).isEqualTo(200);
        assertThat(redemption(record(alive)).kind().label()).isEqualTo("renewal");
        assertThat(player.redeem(tokens.of(alive), challenge()).text()).isEqualTo(INVALID_TOKEN);
        String ended = tokens.token(claims -> expired.apply(claims).licenseDuration(60));
        assertThat(player.redeem(ended, renewal).text()).isEqualTo(INVALID_TOKEN);
    }

    /** No duration is sent to the licence service, so that the licence has no end. */
    @Test
    void renewalAndRelease_ofALicenceWithoutEnd_areAlwaysAllowed() throws Exception {
        UnaryOperator<ClaimsBuilder> expired = claims -> claims.expiresAt(now().minus(Duration.ofMinutes(10)));
        for (Kind kind : List.of(Kind.RENEWAL, Kind.RELEASE)) {
            byte[] request = SampleChallenge.of().kind(kind).bytes();
            for (Claims token : List.of(
                    tokens.claims(expired),
                    tokens.claims(claims -> expired.apply(claims).persistent(true)),
                    tokens.claims(claims -> expired.apply(claims).playbackDuration(60)))) {
                assertThat(player.redeem(tokens.of(token), request).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void recordOfARefusal_saysWhatWasAskedFor() throws Exception {
        for (Kind kind : List.of(Kind.NEW, Kind.RENEWAL, Kind.RELEASE)) {
            Claims elsewhere = tokens.claims(claims -> claims.ipAddress("192.0.2.1"));
            byte[] request =
                    SampleChallenge.of(RedeemableTokens.KEY.kid()).kind(kind).bytes();
            assertThat(player.redeem(tokens.of(elsewhere), request).status()).isEqualTo(401);
            assertThat(redemption(record(elsewhere)).kind().label())
                    .isEqualTo(kind == Kind.NEW ? "license" : kind.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void addressOutsideOfTheToken_isRefused() throws Exception {
        assertThat(player.redeem(tokens.token(claims -> claims.ipAddress("127.0.0.0/8")), challenge())
                        .status())
                .isEqualTo(200);
        Claims elsewhere = tokens.claims(claims -> claims.ipAddress("192.0.2.0/24"));
        Answer answer = player.redeem(tokens.of(elsewhere), challenge());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text())
                .isEqualTo(error(-2003, "[-2003] Invalid IP address: the token may not be redeemed from this address"));
        assertThat(reason(elsewhere)).isEqualTo("the token may be redeemed from 192.0.2.0/24 only");
        assertThat(player.redeem(tokens.token(claims -> claims.ipAddress("::1")), challenge())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void disabledAccount_isRefused() throws Exception {
        Customer disabled = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(disabled.account(), AccountChange.enabled(false));
        Answer answer = player.redeem(tokensOf(disabled).token(), challenge());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(error(-2031, "[-2031] Service Account Disabled"));
    }

    @Test
    void accountWithoutWidevine_isRefused() throws Exception {
        Customer without = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(without.account(), AccountChange.widevine(false));
        Answer answer = player.redeem(tokensOf(without).token(), challenge());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(error(-7011, "[-7011] Widevine option disabled"));
    }

    @Test
    void deletedAccount_isRefused() throws Exception {
        Customer deleted = service.newCustomer(Profile.STRICT);
        service.application().accounts().delete(deleted.account());
        Answer answer = player.redeem(tokensOf(deleted).token(), challenge());
        assertThat(answer.text()).isEqualTo(error(-2031, "[-2031] Service Account Disabled"));
    }

    @Test
    void revokedToken_isRefusedWithinSeconds() throws Exception {
        Claims claims = tokens.claims(same -> same);
        String token = tokens.of(claims);
        assertThat(player.redeem(token, challenge()).status()).isEqualTo(200);
        service.application().revocations().revoke(claims, "shared by its viewer");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(player.redeem(token, challenge()).text()).isEqualTo(INVALID_TOKEN));
        await().untilAsserted(() -> assertThat(records(claims))
                .anyMatch(record -> RecordedRedemptions.reason(record).endsWith(": shared by its viewer")));
    }

    @Test
    void otherContent_isRefused() throws Exception {
        Claims claims = tokens.claims(same -> same);
        assertThat(player.redeem(tokens.of(claims), challenge(KeyId.ofName("other")))
                        .text())
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(claims)).isEqualTo("wrong content");
        byte[] both = SampleChallenge.of(KeyId.ofName("other"), RedeemableTokens.KEY.kid())
                .bytes();
        assertThat(player.redeem(tokens.of(claims), both).status()).isEqualTo(200);
    }

    @Test
    void persistentLicence_needsAPersistentToken() throws Exception {
        byte[] offline =
                SampleChallenge.of(RedeemableTokens.KEY.kid()).offline().bytes();
        Claims claims = tokens.claims(same -> same);
        assertThat(player.redeem(tokens.of(claims), offline).text()).isEqualTo(INVALID_TOKEN);
        assertThat(reason(claims)).isEqualTo("persistent licence asked for, token does not allow it");
        assertThat(player.redeem(tokens.token(builder -> builder.persistent(true)), offline)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void challengeForAnotherCertificate_isRefused() throws Exception {
        assertThat(player.redeem(tokens.token(), SampleChallenge.certificate()).status())
                .isEqualTo(200);
        Claims claims = tokens.claims(same -> same);
        byte[] other = SampleChallenge.of(RedeemableTokens.KEY.kid())
                .encryptedFor("0badc0de")
                .bytes();
        Answer answer = player.redeem(tokens.of(claims), other);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(error(-4001, "[-4001] Device could not be authenticated"));
        assertThat(reason(claims)).isEqualTo("bound to another service certificate");
        byte[] ours = SampleChallenge.of(RedeemableTokens.KEY.kid())
                .encryptedFor(cloud.certificate().serial())
                .bytes();
        assertThat(player.redeem(tokens.of(claims), ours).status()).isEqualTo(200);
    }

    @Test
    void certificateRequest_isAnsweredAndNeverCounted() throws Exception {
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(1));
        String token = tokens.of(claims);
        for (int i = 0; i < 3; i++) {
            Answer answer = player.redeem(token, SampleChallenge.certificate());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
            assertThat(answer.body()).isEqualTo(cloud.certificate().signedMessage());
        }
        assertThat(player.redeem(token, challenge()).status()).isEqualTo(200);
        assertThat(record(claims).code()).isZero();
    }

    @Test
    void certificate_isGivenToAnybody() throws Exception {
        Answer answer = player.send("GET", "/hms/wv/certificate", new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.body()).isEqualTo(cloud.certificate().forSetServerCertificate());
        Answer ofTest = testPlayer.send("GET", "/hms/wv/certificate?errorFormat=json", new byte[0]);
        assertThat(ofTest.status()).isEqualTo(503);
        assertThat(ofTest.text()).isEqualTo(error(-7008, "[-7008] Failed to generate Widevine license"));
    }

    @Test
    void redemptions_areCounted_andTheSameChallengeOnlyOnce() throws Exception {
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(2));
        String token = tokens.of(claims);
        byte[] first = challenge();
        assertThat(player.redeem(token, first).status()).isEqualTo(200);
        assertThat(player.redeem(token, first).status()).isEqualTo(200);
        assertThat(player.redeem(token, challenge()).status()).isEqualTo(200);
        assertThat(player.redeem(token, challenge()).text()).isEqualTo(INVALID_TOKEN);
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();
        byte[] release = SampleChallenge.of().kind(Kind.RELEASE).bytes();
        assertThat(player.redeem(token, renewal).status()).isEqualTo(200);
        assertThat(player.redeem(token, release).status()).isEqualTo(200);
        assertThat(service.application().redemptions().used(claims)).isEqualTo(2);
        await().untilAsserted(() -> assertThat(records(claims))
                .extracting(record -> redemption(record).kind().label() + " " + record.code() + " "
                        + redemption(record).reason())
                .containsExactlyInAnyOrder(
                        "license 0 null",
                        "license 0 repeated within a minute, not counted again",
                        "license 0 null",
                        "license -4010 no redemptions are left, maxRedemptions is 2",
                        "renewal 0 null",
                        "release 0 null"));
    }

    @Test
    void failedRedemption_isGivenBack() throws Exception {
        Claims claims = tokens.claims(builder -> builder.maxRedemptions(1).contentId("stand-in:status=ACCESS_DENIED"));
        Claims same = tokens.claims(
                builder -> builder.maxRedemptions(1).tokenId(claims.tokenId()).contentId("film"));
        assertThat(player.redeem(tokens.of(claims), challenge()).status()).isEqualTo(401);
        assertThat(player.redeem(tokens.of(same), challenge()).status()).isEqualTo(200);
        assertThat(player.redeem(tokens.of(same), challenge()).status()).isEqualTo(401);
    }

    @Test
    void deviceThatTheLicenceServiceRefuses_isRecorded() throws Exception {
        Claims claims = tokens.claims(builder -> builder.contentId("stand-in:status=ACCESS_DENIED,internal=127"));
        Answer answer = player.redeem(tokens.of(claims), challenge());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(error(-4001, "[-4001] Device could not be authenticated"));
        TokenRecord record = record(claims);
        assertThat(record.code()).isEqualTo(-4001);
        assertThat(redemption(record).service()).isEqualTo("widevine-cloud");
        assertThat(redemption(record).status()).isEqualTo("ACCESS_DENIED (127)");
        assertThat(RecordedRedemptions.reason(record))
                .startsWith("the licence service answered HTTP 200 ACCESS_DENIED");
        assertThat(device(record).make()).isEqualTo("Playgrant");
    }

    @Test
    void licence_isRecordedWithItsDevice() throws Exception {
        Claims claims = tokens.claims(same -> same);
        Answer answer = player.redeem(tokens.of(claims), challenge());
        TokenRecord record = record(claims);
        assertThat(record.code()).isZero();
        assertThat(record.requestId()).isEqualTo(answer.header("x-request-id"));
        assertThat(record.kids()).containsExactly(RedeemableTokens.KEY.kid());
        assertThat(redemption(record).reason()).isNull();
        assertThat(redemption(record).service()).isEqualTo("widevine-cloud");
        assertThat(redemption(record).status()).isEqualTo("OK");
        assertThat(device(record).model()).isEqualTo("Stand-in");
        assertThat(device(record).serialHash()).matches("[0-9a-f]{32}").isNotEqualTo(StandInCloud.DEVICE_SERIAL);
    }

    @Test
    void clearKey_givesTheKeysOfTheToken() throws Exception {
        Claims claims = testTokens.claims(same -> same);
        Answer answer = testPlayer.redeem(testTokens.of(claims), keyRequest());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(answer.text())
                .isEqualTo("{\"keys\":[{\"kty\":\"oct\",\"kid\":\""
                        + base64(RedeemableTokens.KEY.kid().toByteArray()) + "\",\"k\":\""
                        + base64(SampleTokens.keys(1).get(0).contentKey().toByteArray())
                        + "\"}],\"type\":\"temporary\"}");
        assertThat(redemption(record(claims)).service()).isEqualTo("clear-key");
    }

    @Test
    void clearKey_refusesOtherContent_andOtherMessages() throws Exception {
        Claims claims = testTokens.claims(same -> same);
        String token = testTokens.of(claims);
        assertThat(testPlayer
                        .redeem(token, keyRequest(KeyId.ofName("other"), "temporary"))
                        .text())
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(claims)).isEqualTo("wrong content");
        assertThat(testPlayer
                        .redeem(token, keyRequest(RedeemableTokens.KEY.kid(), "persistent-license"))
                        .text())
                .isEqualTo(INVALID_TOKEN);
        for (byte[] message : List.of(challenge(), new byte[0], "{}".getBytes(StandardCharsets.US_ASCII))) {
            Answer answer = testPlayer.redeem(token, message);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo(NO_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 65_536})
    void bodyThatIsNoLicenceRequest_isRefused(int length) throws Exception {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 0x55);
        Answer answer = player.redeem(tokens.token(), body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(NO_REQUEST);
    }

    @Test
    void challengeThatIsCut_isNoLicenceRequest() throws Exception {
        String token = tokens.token();
        byte[] request = challenge();
        for (int length = 0; length < request.length - SampleChallenge.SIGNATURE; length++) {
            Answer answer = player.redeem(token, Arrays.copyOf(request, length));
            assertThat(answer.status()).as("cut after %d", length).isEqualTo(400);
            assertThat(answer.text()).isEqualTo(NO_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"080112ffffffff07", "0801128080808008", "0801120612ffffffff0f", "080112ffffffffffffffff7f"})
    void challengeThatClaimsGigabytes_isNoLicenceRequest(String hex) throws Exception {
        Answer answer = player.redeem(tokens.token(), HexFormat.of().parseHex(hex));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(NO_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void challengeNested10000Deep_isNoLicenceRequest(int field) throws Exception {
        byte[] deep = new byte[0];
        for (int level = 0; level < 10_000; level++) {
            deep = new ProtoWriter().bytes(field, deep).toByteArray();
        }
        byte[] message = new ProtoWriter().number(1, 1).bytes(2, deep).toByteArray();
        Answer answer = player.redeem(tokens.token(), message);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(NO_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 1_048_576})
    void bodyOfMoreThan64KiB_isTooLarge(int length) throws Exception {
        Answer answer = player.redeem(tokens.token(), new byte[length], "Origin: https://player.example");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).isEqualTo(error(413, "[413] Content Too Large: a body has at most 65536 bytes"));
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void encodedBody_isRefused() throws Exception {
        Answer answer = player.redeem(tokens.token(), challenge(), "Content-Encoding: gzip");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("accept-encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "DELETE"})
    void otherMethods_areNotAllowed(String method) throws Exception {
        Answer answer = player.send(method, Player.RIGHTS + "?ExpressPlayToken=" + tokens.token(), new byte[0]);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void errors_areHtmlUnlessJsonIsAskedFor() throws Exception {
        Answer html = player.send("POST", Player.RIGHTS, challenge());
        assertThat(html.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(html.text()).isEqualTo(TokenErrorsTest.page("[-4010] Invalid token"));
        Answer json = player.send("POST", Player.RIGHTS, challenge(), "Accept: application/json");
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.text()).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void unknownErrorFormat_isRefusedFirst() throws Exception {
        Answer answer = player.send("POST", Player.RIGHTS + "?errorFormat=xml", challenge());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo(TokenErrorsTest.page(
                        "[-3004] Invalid error format specified: errorFormat must be html or json, given once"));
    }

    /** Each token breaks the rule of its row and all rules behind it. */
    @Test
    void firstBrokenRule_decidesTheError() throws Exception {
        Customer disabled = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(disabled.account(), AccountChange.enabled(false));
        Claims revoked = tokens.claims(same -> same);
        service.application().revocations().revoke(revoked, "");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> player.redeem(tokens.of(revoked), challenge()).status() == 401);
        byte[] nothing = new byte[0];
        UnaryOperator<ClaimsBuilder> elsewhere = claims -> claims.ipAddress("192.0.2.1");

        String expired =
                tokensOf(disabled).token(claims -> elsewhere.apply(claims).expiresAt(now().minusSeconds(600)));
        assertThat(player.redeem(expired, nothing).text()).isEqualTo(INVALID_TOKEN);
        String ofTest =
                new RedeemableTokens(service.application(), disabled.account(), Environment.TEST).token(elsewhere);
        assertThat(player.redeem(ofTest, nothing).text()).isEqualTo(INVALID_TOKEN);
        assertThat(player.redeem(tokensOf(disabled).token(elsewhere), nothing).text())
                .startsWith("{\"code\":-2031,");
        String revokedElsewhere = tokens.token(claims -> elsewhere.apply(claims).tokenId(revoked.tokenId()));
        assertThat(player.redeem(revokedElsewhere, nothing).text()).startsWith("{\"code\":-2003,");
        assertThat(player.redeem(tokens.of(revoked), nothing).text()).isEqualTo(INVALID_TOKEN);
        Claims usedUp = tokens.claims(builder -> builder.maxRedemptions(1));
        player.redeem(tokens.of(usedUp), challenge());
        assertThat(player.redeem(tokens.of(usedUp), nothing).text()).isEqualTo(NO_REQUEST);
        Claims usedUpAndRefused = tokens.claims(
                builder -> builder.maxRedemptions(1).tokenId(usedUp.tokenId()).contentId("stand-in:http=500"));
        assertThat(player.redeem(tokens.of(usedUpAndRefused), challenge()).text())
                .isEqualTo(INVALID_TOKEN);
    }

    @Test
    void redemptions_areMeasuredByTheirOutcome() throws Exception {
        String licences = "playgrant_redemptions_total{environment=\"production\",outcome=\"license\"}";
        String refused = "playgrant_redemptions_total{environment=\"production\",outcome=\"refused\"}";
        double licencesBefore = service.metric(licences);
        double refusedBefore = service.metric(refused);
        player.redeem(tokens.token(), challenge());
        player.redeem("x", challenge());
        assertThat(service.metric(licences)).isGreaterThanOrEqualTo(licencesBefore + 1);
        assertThat(service.metric(refused)).isGreaterThanOrEqualTo(refusedBefore + 1);
        assertThat(service.metric("playgrant_widevine_call_seconds_count{environment=\"production\"}"))
                .isPositive();
        assertThat(service.metric("playgrant_widevine_circuit{environment=\"production\"}"))
                .isZero();
    }

    @Test
    void clearKey_isAWarningInTheHealth() throws Exception {
        assertThat(service.management().get("/observe/health").body())
                .contains(
                        "{\"name\":\"test-license-service\",\"status\":\"UP\",\"data\":{\"warning\":\"Clear Key: players"
                                + " of the test environment get content keys without any protection. For development and"
                                + " tests only\"}}");
    }

    private static RedeemableTokens tokensOf(Customer other) {
        return new RedeemableTokens(service.application(), other.account(), Environment.PRODUCTION);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String reason(Claims claims) {
        return RecordedRedemptions.reason(record(claims));
    }

    private static TokenRecord record(Claims claims) {
        return RecordedRedemptions.first(service.application(), claims);
    }

    private static List<TokenRecord> records(Claims claims) {
        return RecordedRedemptions.of(service.application(), claims);
    }
}
