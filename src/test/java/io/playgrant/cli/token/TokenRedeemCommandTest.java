package io.playgrant.cli.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.client.CloudTrial;
import io.playgrant.contentkey.KeyId;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.license.cloud.ServiceCertificates;
import io.playgrant.token.Claims;
import io.playgrant.token.Parameters;
import io.playgrant.view.RedemptionCheck;
import io.playgrant.view.RedemptionServices;
import io.playgrant.view.RedemptionTrial;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRedeemCommandTest {

    private static final String CONTENT_KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7a1");
    private static final KeyId FILM = KeyId.ofName("film");
    private static final String FAR_AWAY = "2999-01-01T00:00:00Z";
    private static final byte[] CHALLENGE = SampleChallenge.of(FILM).bytes();

    private Path folder;
    private TestHome home;
    private MintedTokens tokens;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        this.folder = folder;
        home = TestHome.in(folder);
        tokens = new MintedTokens(home, CONTENT_KEY);
        home.createAccount("Studio");
    }

    @Test
    void redeem_showsEveryCheckInOrder_ofAnInstallationWithoutALicenceService() throws IOException {
        String token = tokens.mint(valid());
        String id = home.run("token", "explain", "--json", token)
                .json()
                .get("tokenId")
                .textValue();
        Path challenge = Files.write(folder.resolve("challenge"), CHALLENGE);
        Run run = home.run(
                "token",
                "redeem",
                "http://drm.example/hms/wv/rights/?ExpressPlayToken=" + token,
                "--challenge",
                challenge.toString());

        assertThat(run.out()).isEqualTo("""
                token             passed   %s of account 1001, production
                time              passed   until 2999-01-01T00:00:00Z
                environment       passed   the host is of the production environment
                account           passed   Studio
                address           passed   the token may be redeemed from any address
                revocation        passed   none
                licence service   refused  [-7008] Failed to generate Widevine license: the production environment has no licence service; PLAYGRANT_LICENSE_SERVICE selects one
                redemptions       passed   not limited

                The player is answered 503 with [-7008] Failed to generate Widevine license
                """.formatted(id));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void redeem_printsJson() throws IOException {
        Run run = home.run("token", "redeem", "--json", tokens.mint(valid().add("ipAddress", "10.0.0.0/8")));
        JsonNode json = run.json();

        assertThat(json.get("redeemable").booleanValue()).isFalse();
        assertThat(json.get("code").intValue()).isEqualTo(-7008);
        assertThat(json.get("message").isNull()).isTrue();
        assertThat(json.get("checks").findValuesAsText("check"))
                .containsExactly(
                        "token",
                        "time",
                        "environment",
                        "account",
                        "address",
                        "revocation",
                        "licence service",
                        "redemptions");
        assertThat(json.get("checks").findValuesAsText("outcome"))
                .containsExactly("passed", "passed", "skipped", "passed", "skipped", "passed", "refused", "passed");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void redeem_tellsThatATextIsNoToken() throws IOException {
        Run run = home.run("token", "redeem", "AAAA");

        assertThat(run.out()).isEqualTo("""
                token             refused  [-4010] Invalid token: not a COSE_Encrypt message of this service

                The player is answered 401 with [-4010] Invalid token
                """);
        assertThat(home.run("token", "redeem", "--json", "AAAA").out())
                .isEqualTo(
                        "{\"redeemable\":false,\"code\":-4010,\"reason\":\"not a COSE_Encrypt message of this service\","
                                + "\"checks\":[{\"check\":\"token\",\"outcome\":\"refused\",\"code\":-4010,\"status\":401,"
                                + "\"detail\":\"[-4010] Invalid token: not a COSE_Encrypt message of this service\"}],"
                                + "\"message\":null}\n");
    }

    @Test
    void redeem_isAskedWrongly() throws IOException {
        String token = tokens.mint(valid());
        assertThat(home.run("token", "redeem", token, "--address", "somewhere").err())
                .startsWith("--address must be an IPv4 or IPv6 address\nUsage: playgrant token redeem ");
        assertThat(home.run("token", "redeem", "http://a b/?ExpressPlayToken=" + token)
                        .exit())
                .isNotZero();
        Run run = home.run("token", "redeem", token, "--challenge", "nowhere");
        assertThat(run.err()).isEqualTo("playgrant: nowhere cannot be read: there is no such file or folder\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void everyCheck_canRefuse() throws Exception {
        Parameters limited = valid().add("ipAddress", "10.0.0.0/8").add("maxRedemptions", "2");
        Services none = new Services("clear-key", null, 2);

        assertThat(refusals(tokens.mint(Environment.PRODUCTION, "2020-01-01T00:00:00Z", expired()), none))
                .containsExactly("time: [-4010] Invalid token: expired at 2020-01-01T00:01:00Z");
        assertThat(refusals(
                        new RedemptionTrial.Request(
                                tokens.mint(valid()), Optional.of("x.test.example"), Optional.empty(), null, true),
                        none))
                .containsExactly("environment: [-4010] Invalid token: the token is of the production environment,"
                        + " the host is of the test environment");
        assertThat(refusals(
                        new RedemptionTrial.Request(
                                tokens.mint(limited),
                                Optional.empty(),
                                Optional.of(InetAddress.getByName("192.0.2.1")),
                                null,
                                true),
                        none))
                .containsExactly(
                        "address: [-2003] Invalid IP address: 192.0.2.1 is outside of 10.0.0.0/8",
                        "redemptions: [-4010] Invalid token: 2 of 2 used");
        home.run("account", "set", "1001", "--widevine", "off");
        assertThat(refusals(tokens.mint(valid()), none)).containsExactly("account: [-7011] Widevine option disabled");
        home.run("account", "set", "1001", "--disabled");
        assertThat(refusals(tokens.mint(valid()), none)).containsExactly("account: [-2031] Service Account Disabled");
        home.run("account", "delete", "1001");
        String token = tokens.mint(valid());
        home.run("token", "revoke", token);
        assertThat(refusals(token, none))
                .hasSize(2)
                .contains("account: [-2031] Service Account Disabled: the account was deleted")
                .element(1)
                .asString()
                .startsWith("revocation: [-4010] Invalid token: revoked at ");
    }

    @Test
    void challenge_isCheckedByTheRules() {
        Services cloud = new Services("widevine-cloud", provider(null), 0);

        assertThat(refusals(
                        request(SampleChallenge.of(KeyId.ofName("other"))
                                .offline()
                                .bytes()),
                        cloud))
                .containsExactly(
                        "content: [-4010] Invalid token: wrong content",
                        "persistence: [-4010] Invalid token: persistent licence asked for, token does not allow it");
        assertThat(refusals(request(new byte[] {8, 7}), cloud))
                .containsExactly("challenge: [-7008] Failed to generate Widevine license: no licence request:"
                        + " the message has the type 7");
        assertThat(refusals(
                        request("{\"kids\":[\"AAAAAAAAAAAAAAAAAAAAAA\"]}".getBytes(StandardCharsets.UTF_8)),
                        new Services("clear-key", null, 0)))
                .containsExactly("challenge: [-4010] Invalid token: wrong content");
    }

    @Test
    void certificateOfTheChallenge_isComparedWithOurs() {
        try (StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD)) {
            CloudProvider provider = provider(cloud);
            Services services = new Services("widevine-cloud", provider, 0);
            byte[] challenge = SampleChallenge.of(FILM).encryptedFor("0a0b").bytes();

            assertThat(refusals(request(challenge), services)).isEmpty();
            try (Application application = home.openApplication();
                    ServiceCertificates certificates = new ServiceCertificates(
                            application.database(),
                            any -> cloud.certificate(),
                            application.clock(),
                            application.schedule())) {
                certificates.get(Environment.PRODUCTION, provider);
            }
            assertThat(refusals(request(challenge), services))
                    .containsExactly("certificate: [-4001] Device could not be authenticated:"
                            + " bound to another service certificate");
            assertThat(refusals(
                            request(SampleChallenge.of(FILM)
                                    .encryptedFor(cloud.certificate().serial())
                                    .bytes()),
                            services))
                    .isEmpty();
        }
    }

    @Test
    void redemptions_areNotCountedForRenewals() {
        Services services = new Services("widevine-cloud", provider(null), 3);
        String token = tokens.mint(valid().add("maxRedemptions", "3"));
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();

        assertThat(refusals(
                        new RedemptionTrial.Request(token, Optional.empty(), Optional.empty(), renewal, false),
                        services))
                .isEmpty();
        assertThat(refusals(
                        new RedemptionTrial.Request(token, Optional.empty(), Optional.empty(), CHALLENGE, false),
                        services))
                .containsExactly("redemptions: [-4010] Invalid token: 3 of 3 used");
    }

    @Test
    void cloud_isAskedUnlessItIsADryRun() {
        try (StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD)) {
            Services services = new Services("widevine-cloud", provider(cloud), 0);
            String token = tokens.mint(valid());

            RedemptionTrial.Result dry = run(
                    new RedemptionTrial.Request(token, Optional.empty(), Optional.empty(), CHALLENGE, false), services);
            assertThat(cloud.requests()).isZero();
            assertThat(last(dry))
                    .isEqualTo(
                            "licence service skipped widevine-cloud is asked only with the player's licence request, and not in a dry run");
            assertThat(dry.message().orElseThrow()).contains("\"key\" : \"***\"", "\"provider\" : \"widevine_test\"");

            assertThat(last(run(request(CHALLENGE), services)))
                    .isEqualTo("licence service passed widevine-cloud answers OK");
            assertThat(cloud.requests()).isEqualTo(1);
            assertThat(last(run(request(SampleChallenge.certificate()), services)))
                    .isEqualTo("licence service passed widevine-cloud answers OK");

            cloud.behave(StandInBehaviour.GOOD.withStatus("ACCESS_DENIED", 0));
            assertThat(last(run(request(CHALLENGE), services)))
                    .startsWith("licence service refused [-4001] Device could not be authenticated: the licence service"
                            + " answered HTTP 200 ACCESS_DENIED: the provider's rules");
        }
    }

    @Test
    void cloudThatIsAway_isAFailure() {
        CloudProvider provider;
        try (StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD)) {
            provider = provider(cloud);
        }
        assertThat(last(run(request(CHALLENGE), new Services("widevine-cloud", provider, 0))))
                .startsWith(
                        "licence service refused [-7008] Failed to generate Widevine license: The server at 127.0.0.1:")
                .endsWith(" cannot be reached: the connection was refused");
    }

    @Test
    void cloud_isNotAskedAboutARefusedToken() {
        try (StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD)) {
            RedemptionTrial.Result result = run(
                    request(SampleChallenge.of(KeyId.ofName("other")).bytes()),
                    new Services("widevine-cloud", provider(cloud), 0));

            assertThat(last(result))
                    .isEqualTo(
                            "licence service skipped widevine-cloud is not asked, because the redemption is refused before");
            assertThat(cloud.requests()).isZero();
        }
    }

    @Test
    void clearKey_givesALicenceWithoutBeingAsked() {
        byte[] challenge = "{\"kids\":[\"%s\"]}"
                .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(FILM.toByteArray()))
                .getBytes(StandardCharsets.UTF_8);
        RedemptionTrial.Result result = run(request(challenge), new Services("clear-key", null, 0));

        assertThat(result.refusal()).isEmpty();
        assertThat(result.message()).isEmpty();
        assertThat(last(result)).isEqualTo("licence service passed clear-key");
    }

    /** Services of the test instead of those of the settings. */
    private record Services(String name, @Nullable CloudProvider cloud, int used) {

        RedemptionServices in(Application application) {
            return new OtherServices(this, application.redemptionServices());
        }
    }

    private record OtherServices(Services services, RedemptionServices installation) implements RedemptionServices {

        @Override
        public OptionalInt used(Claims token) {
            return OptionalInt.of(services.used);
        }

        @Override
        public Environment environment(String authority) {
            return installation.environment(authority);
        }

        @Override
        public String service(Environment environment) {
            return services.name;
        }

        @Override
        public Optional<CloudProvider> provider(Claims token) {
            return Optional.ofNullable(services.cloud);
        }

        @Override
        public boolean isOwnCertificate(Environment environment, CloudProvider provider, String serial) {
            return installation.isOwnCertificate(environment, provider, serial);
        }

        @Override
        public void ask(CloudProvider provider, byte[] challenge, Kind kind, Claims token, Instant now) {
            new CloudTrial(provider, Duration.ofSeconds(20)).ask(challenge, kind, token, now);
        }
    }

    private static CloudProvider provider(@Nullable StandInCloud cloud) {
        if (cloud != null) {
            return cloud.provider(Padding.ZERO);
        }
        try (StandInCloud gone = new StandInCloud(0, StandInBehaviour.GOOD)) {
            return gone.provider(Padding.ZERO);
        }
    }

    private RedemptionTrial.Request request(byte[] challenge) {
        return new RedemptionTrial.Request(tokens.mint(valid()), Optional.empty(), Optional.empty(), challenge, true);
    }

    private RedemptionTrial.Result run(RedemptionTrial.Request request, Services services) {
        try (Application application = home.openApplication()) {
            return application.redemptionTrial(services.in(application)).run(request);
        }
    }

    private List<String> refusals(String token, Services services) {
        return refusals(new RedemptionTrial.Request(token, Optional.empty(), Optional.empty(), null, true), services);
    }

    private List<String> refusals(RedemptionTrial.Request request, Services services) {
        return run(request, services).checks().stream()
                .filter(RedemptionCheck::isRefused)
                .map(check -> check.name() + ": " + check.detail())
                .toList();
    }

    private static String last(RedemptionTrial.Result result) {
        RedemptionCheck last = result.checks().get(result.checks().size() - 1);
        return last.name() + " " + last.outcome().label() + " " + last.detail();
    }

    private static Parameters valid() {
        return new Parameters().add("kid", "^film").add("expirationTime", FAR_AWAY);
    }

    private static Parameters expired() {
        return new Parameters().add("kid", "^film").add("expirationTime", "+60");
    }
}
