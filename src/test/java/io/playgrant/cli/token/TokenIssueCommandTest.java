package io.playgrant.cli.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssueCommandTest {

    private static final String CONTENT_KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0");

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    @Test
    void issue_printsALicenceUrlThatExplains() throws IOException {
        String authenticator = home.createAccount("N");
        Run run = home.run(
                "token",
                "issue",
                "customerAuthenticator=" + authenticator,
                "kid=^kid1",
                "contentKey=" + CONTENT_KEY,
                "securityLevel=2",
                "hdcpOutputControl=1",
                "contentId=a=b&c",
                "cookie=",
                "useHttps=true");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .matches("https://127\\.0\\.0\\.1:8080/hms/wv/rights/\\?ExpressPlayToken=[A-Za-z0-9_-]+\n");

        Run explained = home.run("token", "explain", run.out().strip(), "--json", "--reveal-keys");
        JsonNode json = explained.json();
        assertThat(explained.exit()).isZero();
        assertThat(json.get("account").longValue()).isEqualTo(1001);
        assertThat(json.get("environment").textValue()).isEqualTo("production");
        assertThat(json.get("contentId").textValue()).isEqualTo("a=b&c");
        assertThat(json.get("cookie").isNull()).isTrue();
        assertThat(json.get("keys").get(0).get("kid").textValue()).isEqualTo("80ea8bc8a58f990ad1f76bc665b30bfa");
        assertThat(json.get("keys").get(0).get("contentKey").textValue()).isEqualTo(CONTENT_KEY);
    }

    @Test
    void issue_looksAStoredKeyUp() throws IOException {
        String authenticator = home.createAccount("N");
        String ek = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
        try (Application application = home.openApplication()) {
            application
                    .storedKeys()
                    .create(
                            new Owner(1001, Environment.PRODUCTION),
                            new StoredKey(
                                    KeyId.ofName("kid1"),
                                    EncryptedKey.ofHex(ek),
                                    "#1.",
                                    null,
                                    null,
                                    null,
                                    Instant.now()));
        }
        Run run = home.run(
                "token",
                "issue",
                "customerAuthenticator=" + authenticator,
                "kid=^kid1",
                "kek=" + secret("00112233445566778899aabbccddeeff"),
                "securityLevel=2",
                "hdcpOutputControl=1");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        Run explained = home.run("token", "explain", run.out().strip(), "--json", "--reveal-keys");
        assertThat(explained.json().get("keys").get(0).get("contentKey").textValue())
                .isEqualTo(secret("12341234123412341234123412341234"));
    }

    @Test
    void issue_usesHeldKeys_byKidAloneAndByContentIdAlone() throws IOException {
        String authenticator = home.createAccount("N");
        String key = secret("abab1111abab2222abab3333abab4444");
        try (Application application = home.openApplication()) {
            Owner owner = new Owner(1001, Environment.PRODUCTION);
            HeldSamples.hold(application, owner, KeyId.ofName("held"), key, "film", 3);
        }
        for (String name : List.of("kid=^held", "contentId=film")) {
            Run run = home.run(
                    "token",
                    "issue",
                    "customerAuthenticator=" + authenticator,
                    name,
                    "securityLevel=2",
                    "hdcpOutputControl=1");
            assertThat(run.err()).isEmpty();
            JsonNode keys = home.run("token", "explain", run.out().strip(), "--json", "--reveal-keys")
                    .json()
                    .get("keys");
            assertThat(keys).hasSize(1);
            assertThat(keys.get(0).get("contentKey").textValue()).isEqualTo(key);
            assertThat(keys.get(0).get("trackType").intValue()).isEqualTo(3);
        }
    }

    @Test
    void issue_printsARefusalAsOneLine() throws Exception {
        String authenticator = home.createAccount("N");
        Run run = home.runProcess(
                Map.of(),
                "token",
                "issue",
                "customerAuthenticator=" + authenticator,
                "contentKey=" + CONTENT_KEY,
                "securityLevel=1",
                "hdcpOutputControl=0");
        assertThat(run.err())
                .isEqualTo(
                        "playgrant: [-4018] Missing kid: kid is required: 32 hexadecimal digits, or ^ and 1 to 64 characters\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void issue_refusesAWrongAuthenticatorWithoutQuotingIt() {
        home.openApplication().close();
        String wrong = secret("00000000deadbeef00000000deadbeef");
        Run run = home.run("token", "issue", "customerAuthenticator=1001," + wrong);
        assertThat(run.err()).isEqualTo("playgrant: [-2018] Authentication token invalid\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void issue_isAskedWronglyWithoutAName() {
        for (String argument : new String[] {CONTENT_KEY, "=" + CONTENT_KEY}) {
            Run run = home.run("token", "issue", "kid=^film", argument);
            assertThat(run.err())
                    .startsWith("Every parameter must be name=value.\nUsage: playgrant token issue ")
                    .doesNotContain(CONTENT_KEY);
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(2);
        }
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void issue_isAskedWronglyWithoutParameters() {
        Run run = home.run("token", "issue");
        assertThat(run.err()).startsWith("Missing required parameter: 'name=value'\nUsage: playgrant token issue ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }
}
