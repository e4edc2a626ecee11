package io.playgrant.cli.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.license.Redemptions;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenExplainCommandTest {

    private static final String CONTENT_KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0");
    private static final String FAR_AWAY = "2999-01-01T00:00:00Z";

    private static final List<String> NAMES = List.of(
            "account",
            "environment",
            "tokenId",
            "issuedAt",
            "expiresAt",
            "notBefore",
            "keys",
            "contentId",
            "licenseDuration",
            "playbackDuration",
            "rentalEnd",
            "persistent",
            "extensions",
            "cookie",
            "ipAddress",
            "maxRedemptions",
            "redemptionsUsed",
            "redemptionsLeft",
            "valid",
            "reason",
            "revocation");

    private TestHome home;
    private MintedTokens tokens;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        tokens = new MintedTokens(home, CONTENT_KEY);
    }

    @Test
    void explain_printsAllNamesInOrder() throws IOException {
        Run small = home.run("token", "explain", tokens.mint(valid()), "--json");
        Run full = home.run("token", "explain", tokens.mint(full()), "--json");
        assertThat(names(small.json())).isEqualTo(NAMES);
        assertThat(names(full.json())).isEqualTo(NAMES);
        assertThat(small.err()).isEmpty();
        assertThat(small.exit()).isZero();
        assertThat(full.exit()).isZero();
    }

    @Test
    void explain_printsAbsentValuesAsNull() throws IOException {
        String token = tokens.mint(valid());
        Run run = home.run("token", "explain", token, "--json");
        String tokenId = run.json().get("tokenId").textValue();
        assertThat(tokenId).matches("[0-9a-f]{32}");
        assertThat(run.out())
                .isEqualTo("{\"account\":1001,\"environment\":\"production\",\"tokenId\":\"" + tokenId
                        + "\",\"issuedAt\":\"" + MintedTokens.ISSUED_AT + "\",\"expiresAt\":\"" + FAR_AWAY
                        + "\",\"notBefore\":null,\"keys\":[{\"kid\":\"80ea8bc8a58f990ad1f76bc665b30bfa\","
                        + "\"contentKey\":\"***\",\"securityLevel\":1,\"hdcpOutputControl\":0,\"trackType\":1}],"
                        + "\"contentId\":null,\"licenseDuration\":null,\"playbackDuration\":null,\"rentalEnd\":null,\"persistent\":false,"
                        + "\"extensions\":[],\"cookie\":null,\"ipAddress\":null,\"maxRedemptions\":null,"
                        + "\"redemptionsUsed\":null,\"redemptionsLeft\":null,"
                        + "\"valid\":true,\"reason\":null,\"revocation\":null}\n");
    }

    @Test
    void explain_printsWhatTheTokenSays() throws IOException {
        Run run = home.run("token", "explain", tokens.mint(full()), "--json");
        String tokenId = run.json().get("tokenId").textValue();
        assertThat(run.out())
                .isEqualTo("{\"account\":1001,\"environment\":\"production\",\"tokenId\":\"" + tokenId
                        + "\",\"issuedAt\":\"" + MintedTokens.ISSUED_AT + "\",\"expiresAt\":\"" + FAR_AWAY
                        + "\",\"notBefore\":\"2026-01-03T00:00:00Z\","
                        + "\"keys\":[{\"kid\":\"80ea8bc8a58f990ad1f76bc665b30bfa\","
                        + "\"contentKey\":\"***\",\"securityLevel\":5,\"hdcpOutputControl\":2,\"trackType\":1}],"
                        + "\"contentId\":\"film \\\"1\\\"\",\"licenseDuration\":3600,\"playbackDuration\":60,"
                        + "\"rentalEnd\":\"2999-06-01T00:00:00Z\",\"persistent\":true,\"extensions\":[{\"type\":\"test\",\"payload\":\"AAECAw==\"}],"
                        + "\"cookie\":\"c=1\",\"ipAddress\":\"10.0.0.0/8\",\"maxRedemptions\":3,"
                        + "\"redemptionsUsed\":0,\"redemptionsLeft\":3,"
                        + "\"valid\":true,\"reason\":null,\"revocation\":null}\n");
    }

    @Test
    void explain_printsTextWithoutWhatIsAbsent() throws IOException {
        String token = tokens.mint(full());
        String tokenId = home.run("token", "explain", token, "--json")
                .json()
                .get("tokenId")
                .textValue();
        Run run = home.run("token", "explain", token);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().replace(tokenId, "TOKEN-ID")).isEqualTo("""
                account           1001
                environment       production
                tokenId           TOKEN-ID
                issuedAt          2026-01-02T03:04:05Z
                expiresAt         2999-01-01T00:00:00Z
                notBefore         2026-01-03T00:00:00Z
                keys              kid=80ea8bc8a58f990ad1f76bc665b30bfa contentKey=*** securityLevel=5 hdcpOutputControl=2 trackType=1
                contentId         film "1"
                licenseDuration   3600
                playbackDuration  60
                rentalEnd         2999-06-01T00:00:00Z
                persistent        true
                extensions        type=test payload=AAECAw==
                cookie            c=1
                ipAddress         10.0.0.0/8
                maxRedemptions    3
                redemptionsUsed   0
                redemptionsLeft   3
                valid             true
                """);
        assertThat(home.run("token", "explain", tokens.mint(valid())).out())
                .doesNotContain("notBefore", "contentId", "extensions", "null", "reason", "[]");
    }

    @Test
    void explain_countsRedemptions_untilNoneIsLeft() throws IOException {
        String token = tokens.mint(valid().add("maxRedemptions", "2"));
        redeem(token, 1);
        Run once = home.run("token", "explain", token, "--json");
        assertThat(once.json().get("redemptionsUsed").intValue()).isEqualTo(1);
        assertThat(once.json().get("redemptionsLeft").intValue()).isEqualTo(1);
        assertThat(once.json().get("valid").booleanValue()).isTrue();
        assertThat(once.exit()).isZero();
        redeem(token, 2);
        assertInvalid(home.run("token", "explain", token, "--json"), "no redemptions are left, maxRedemptions is 2");
        assertThat(home.run("token", "explain", token).out()).endsWith("""
                maxRedemptions    2
                redemptionsUsed   2
                redemptionsLeft   0
                valid             false
                reason            no redemptions are left, maxRedemptions is 2
                """);
    }

    private void redeem(String token, int challenge) {
        try (Application application = home.openApplication()) {
            Redemptions redemptions = application.redemptions();
            redemptions.confirm(redemptions.reserve(
                    new TokenOpener(application.keyRing()).open(token), new byte[] {(byte) challenge}));
        }
    }

    @Test
    void explain_takesALicenceUrl() {
        String token = tokens.mint(valid());
        String expected = home.run("token", "explain", token).out();
        for (String url : List.of(
                "https://drm.example/hms/wv/rights/?ExpressPlayToken=" + token,
                "http://drm.example/?a=b&ExpressPlayToken=" + token + "&c=d",
                "https://drm.example/?ExpressPlayToken=" + token + "#fragment",
                "https://drm.example/?ExpressPlayToken=" + token + "\n",
                " " + token + "\n")) {
            Run run = home.run("token", "explain", url);
            assertThat(run.out()).isEqualTo(expected);
            assertThat(run.exit()).isZero();
        }
    }

    @Test
    void explain_masksKeysUnlessTheyAreAskedFor() {
        String token = tokens.mint(valid());
        for (String[] args :
                List.of(new String[] {"token", "explain", token}, new String[] {"token", "explain", "--json", token})) {
            Run run = home.run(args);
            assertThat(run.out()).contains("***").doesNotContain(CONTENT_KEY);
            assertThat(run.err()).isEmpty();
        }
        assertThat(home.run("token", "explain", "--reveal-keys", token).out())
                .contains("contentKey=" + CONTENT_KEY + " ");
        assertThat(home.run("token", "explain", "--reveal-keys", "--json", token)
                        .out())
                .contains("\"contentKey\":\"" + CONTENT_KEY + "\"");
    }

    @Test
    void explain_printsTheTestEnvironment() throws IOException {
        String token = tokens.mint(Environment.TEST, MintedTokens.ISSUED_AT, valid());
        assertThat(home.run("token", "explain", token, "--json")
                        .json()
                        .get("environment")
                        .textValue())
                .isEqualTo("test");
    }

    @Test
    void explain_tellsThatATokenHasExpired() throws IOException {
        String token = tokens.mint(
                Environment.PRODUCTION, "2020-01-01T00:00:00Z", request().add("expirationTime", "+60"));
        Run run = home.run("token", "explain", token, "--json");
        assertThat(names(run.json())).isEqualTo(NAMES);
        assertInvalid(run, "expired at 2020-01-01T00:01:00Z");
    }

    @Test
    void explain_tellsThatATokenIsNotYetValid() throws IOException {
        String token = tokens.mint(valid().add("notBefore", "2998-01-01T00:00:00Z"));
        Run run = home.run("token", "explain", token, "--json");
        assertThat(names(run.json())).isEqualTo(NAMES);
        assertInvalid(run, "not redeemable before 2998-01-01T00:00:00Z");
    }

    @Test
    void explain_tellsThatATokenIsForged() throws IOException {
        String token = tokens.mint(valid());
        int middle = token.length() - 8;
        String forged =
                token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);
        Run run = home.run("token", "explain", forged, "--json");
        assertThat(names(run.json())).containsExactly("valid", "reason");
        assertThat(run.json().get("reason").textValue())
                .startsWith("the tag does not match: forged, or changed on its way");
        assertThat(run.json().get("valid").booleanValue()).isFalse();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void explain_tellsThatATextIsNoToken() throws IOException {
        home.openApplication().close();
        for (String text : List.of("====", "AAAA=", "no token", "http://drm.example/?ExpressPlayToken=%41")) {
            assertInvalid(home.run("token", "explain", text, "--json"), "not canonical base64url without padding");
        }
        assertThat(home.run("token", "explain", "http://drm.example/?token=AAAA"))
                .isEqualTo(new Run(1, "", "playgrant: The URL has no ExpressPlayToken\n"));
        Run run = home.run("token", "explain", "AAAA");
        assertThat(run.out()).isEqualTo("""
                valid             false
                reason            not a COSE_Encrypt message of this service
                """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void explain_tellsThatAnotherInstallationMadeTheToken(@TempDir Path elsewhere) throws IOException {
        String token = tokens.mint(valid());
        TestHome another = TestHome.in(elsewhere);
        another.openApplication().close();
        Run run = another.run("token", "explain", token, "--json");
        assertThat(run.json().get("reason").textValue()).matches("no key [0-9a-f]{16} in the ring");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void explain_takesEveryLineOfStandardInput() throws IOException {
        String first = tokens.mint(valid());
        String second = tokens.mint(
                Environment.PRODUCTION, "2020-01-01T00:00:00Z", request().add("expirationTime", "+60"));
        String lines = first + "\n\nno token\nhttp://drm.example/?ExpressPlayToken=" + second + "\nhttp://a/?b\n";
        Run text = home.runWithInput(lines, "token", "explain", "-");
        assertThat(text.out())
                .isEqualTo("line              1\n"
                        + home.run("token", "explain", first).out() + "\nline              3\n"
                        + home.run("token", "explain", "no token").out() + "\nline              4\n"
                        + home.run("token", "explain", second).out());
        assertThat(text.err()).isEqualTo("playgrant: line 5: The URL has no ExpressPlayToken\n");
        assertThat(text.exit()).isEqualTo(1);

        Run json = home.runWithInput(first + "\n" + second, "token", "explain", "-", "--json");
        assertThat(json.out())
                .isEqualTo(home.run("token", "explain", "--json", first).out().replaceFirst("\\{", "{\"line\":1,")
                        + home.run("token", "explain", "--json", second).out().replaceFirst("\\{", "{\"line\":2,"));
        assertThat(json.err()).isEmpty();
        assertThat(json.exit()).isEqualTo(1);
        assertThat(home.runWithInput(first + "\n" + first + "\n", "token", "explain", "-")
                        .exit())
                .isZero();
    }

    @Test
    void explain_isAskedWronglyWithoutAToken() {
        Run run = home.run("token", "explain");
        assertThat(run.err()).startsWith("Missing required parameter: 'TOKEN'\nUsage: playgrant token explain ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }

    private static void assertInvalid(Run run, String reason) throws IOException {
        assertThat(run.json().get("valid").booleanValue()).isFalse();
        assertThat(run.json().get("reason").textValue()).isEqualTo(reason);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = json.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    private static Parameters request() {
        return new Parameters().add("kid", "^kid1");
    }

    private static Parameters valid() {
        return request().add("expirationTime", FAR_AWAY);
    }

    private static Parameters full() {
        return valid().add("notBefore", "2026-01-03T00:00:00Z")
                .add("securityLevel", "5")
                .add("hdcpOutputControl", "2")
                .add("contentId", "film \"1\"")
                .add("licenseDuration", "3600")
                .add("playbackDuration", "60")
                .add("rightsType", "Rental")
                .add("rental.periodEndTime", "2999-06-01T00:00:00Z")
                .add("generalFlags", "00000001")
                .add("wvExtension", "test,AAECAw==")
                .add("cookie", "c=1")
                .add("ipAddress", "10.0.0.0/8")
                .add("maxRedemptions", "3");
    }
}
