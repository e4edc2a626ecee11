package io.playgrant.cli.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.contentkey.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code token revoke}, and {@code token revocation list|delete}. */
class TokenRevokeCommandTest {

    private static final String KEY = secret("4e0c4ed04e0c4ed04e0c4ed04e0c4ed0");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private TestHome home;
    private String authenticator;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        authenticator = home.createAccount("N");
    }

    @Test
    void revokedToken_isExplainedAsSuch() throws IOException {
        String url = issue("film");
        assertThat(explain(url).get("revocation").isNull()).isTrue();
        Run revoked = home.run("token", "revoke", url, "--reason", "leaked");
        assertThat(revoked.err()).isEmpty();
        assertThat(revoked.out()).matches("Revoked \\(revocation 1, kept until " + TIME + "\\)\\.\n");
        assertThat(revoked.exit()).isZero();

        Run explained = home.run("token", "explain", url, "--json");
        JsonNode token = explained.json();
        assertThat(token.get("valid").booleanValue()).isFalse();
        assertThat(token.get("reason").textValue()).matches("revoked at " + TIME + " by .+, revocation 1: leaked");
        JsonNode revocation = token.get("revocation");
        assertThat(revocation.get("id").intValue()).isEqualTo(1);
        assertThat(revocation.get("tokenId")).isEqualTo(token.get("tokenId"));
        assertThat(revocation.get("account").intValue()).isEqualTo(1001);
        assertThat(revocation.get("environment").textValue()).isEqualTo("production");
        assertThat(revocation.get("who").textValue()).isEqualTo(System.getProperty("user.name"));
        assertThat(revocation.get("expiresAt")).isEqualTo(token.get("expiresAt"));
        assertThat(explained.exit()).isEqualTo(1);

        Run text = home.run("token", "explain", url);
        assertThat(text.out())
                .contains("reason            revoked at ")
                .contains(", revocation 1")
                .doesNotContain("{");
        assertThat(text.exit()).isEqualTo(1);
        assertThat(explain(issue("film")).get("valid").booleanValue()).isTrue();
    }

    @Test
    void tokenComesAsUrl_bare_byItsId_orFromStandardInput() throws IOException {
        String url = issue("film");
        String id = explain(url).get("tokenId").textValue();
        String bare = url.substring(url.indexOf('=') + 1);
        assertThat(home.run("token", "revoke", bare, "--json")
                        .json()
                        .get("isNew")
                        .booleanValue())
                .isTrue();
        for (String text : List.of(url, " " + bare + "\n")) {
            Run again = home.run("token", "revoke", text);
            assertThat(again.out()).startsWith("The token was revoked already (revocation 1, kept until ");
            assertThat(again.exit()).isZero();
        }
        for (String text : List.of(url + "\n", bare, id + "\n")) {
            Run again = home.runWithInput(text, "token", "revoke", "-", "--json");
            assertThat(again.json().get("isNew").booleanValue()).isFalse();
            assertThat(again.json().get("tokenId").textValue()).isEqualTo(id);
            assertThat(home.runWithInput(text, "token", "explain", "-").exit()).isEqualTo(1);
        }
    }

    @Test
    void everyLineOfStandardInput_isRevoked_badOnesAreToldByTheirNumber() throws IOException {
        List<String> urls = List.of(issue("one"), issue("two"), issue("three"));
        String id = explain(urls.get(1)).get("tokenId").textValue();
        String lines = "\ufeff" + urls.get(0) + "\r\n\n \t\n" + id + "\nno token\n" + "A".repeat(65_537) + "\n"
                + urls.get(0) + " " + urls.get(1) + "\nhttp://drm.example/?token=A\n" + urls.get(2);
        Run run = home.runWithInput(lines, "token", "revoke", "-");
        String until = ", kept until " + TIME + "\\)\\.\n";
        assertThat(run.out())
                .matches("line 1: Revoked \\(revocation 1" + until + "line 4: Revoked \\(revocation 2" + until
                        + "line 9: Revoked \\(revocation 3" + until);
        assertThat(run.err()).isEqualTo("""
                        The id is revoked without a check whether a token with this id was ever issued.
                        playgrant: line 5: This is neither a token of this installation nor the id of one, 32 hexadecimal digits: \
                        not canonical base64url without padding
                        playgrant: line 6: it is longer than 65536 bytes
                        playgrant: line 7: There is more than one token, or other text beside it
                        playgrant: line 8: The URL has no ExpressPlayToken
                        """);
        assertThat(run.exit()).isEqualTo(1);
        for (String url : urls) {
            assertThat(explain(url).get("valid").booleanValue()).isFalse();
        }
    }

    @Test
    void linesOfStandardInput_areAnsweredWithOneJsonObjectEach() throws IOException {
        List<String> urls = List.of(issue("one"), issue("two"));
        Run run = home.runWithInput(String.join("\n", urls) + "\n", "token", "revoke", "-", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonNode made = new ObjectMapper().readTree(lines.get(i));
            assertThat(made.get("line").intValue()).isEqualTo(i + 1);
            assertThat(made.get("isNew").booleanValue()).isTrue();
            assertThat(made.get("tokenId")).isEqualTo(explain(urls.get(i)).get("tokenId"));
        }
    }

    @Test
    void standardInputWithoutAToken_isAFailure() {
        for (String command : List.of("revoke", "explain")) {
            assertThat(home.runWithInput(" \n\n", "token", command, "-"))
                    .isEqualTo(new Run(1, "", "playgrant: There is no token on standard input\n"));
        }
    }

    @Test
    void argumentWithMoreThanOneUrl_isRefused() {
        String url = issue("one");
        for (String text : List.of(url + "\n" + issue("two"), url + " and more", url + "&ExpressPlayToken=AAAA")) {
            for (String command : List.of("revoke", "explain")) {
                assertThat(home.run("token", command, text))
                        .isEqualTo(
                                new Run(1, "", "playgrant: There is more than one token, or other text beside it\n"));
            }
        }
    }

    @Test
    void idOfAToken_isRevokedUnseen() throws IOException {
        String url = issue("film");
        String id = explain(url).get("tokenId").textValue();
        Run revoked = home.run("token", "revoke", id.toUpperCase(Locale.ROOT), "--json");
        assertThat(revoked.err())
                .isEqualTo("The id is revoked without a check whether a token with this id was ever issued.\n");
        JsonNode revocation = revoked.json();
        assertThat(revocation.get("tokenId").textValue()).isEqualTo(id);
        assertThat(revocation.get("account").isNull()).isTrue();
        assertThat(life(revocation)).isEqualTo(Duration.ofDays(30).plusHours(1));
        assertThat(explain(url).get("valid").booleanValue()).isFalse();
    }

    @Test
    void whatIsNoTokenOfThisInstallation_isRefused(@TempDir Path elsewhere) throws IOException {
        TestHome another = TestHome.in(elsewhere);
        another.openApplication().close();
        String url = issue("film");
        String forged = url.substring(0, url.length() - 8) + "AAAAAAAA";
        String sentence =
                "playgrant: This is neither a token of this installation nor the id of one, 32 hexadecimal digits: ";
        for (String text : List.of("abc", "0".repeat(31), "0".repeat(33), forged)) {
            Run run = home.run("token", "revoke", text);
            assertThat(run.err()).startsWith(sentence).doesNotContain(text);
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(1);
        }
        assertThat(another.run("token", "revoke", url).err()).matches(sentence + "no key [0-9a-f]{16} in the ring\n");
        assertThat(list()).isEmpty();
    }

    @Test
    void kid_revokesTokensThatHoldIt_andWereIssuedBefore() throws IOException {
        String film = issue("film");
        String trailer = issue("trailer");
        JsonNode revocation =
                home.run("token", "revoke", "--kid", "^film", "--json").json();
        assertThat(revocation.get("kid").textValue())
                .isEqualTo(KeyId.ofName("film").toString());
        assertThat(revocation.get("tokenId").isNull()).isTrue();
        assertThat(revocation.get("account").isNull()).isTrue();
        // It is made in this second or in the next one.
        assertThat(life(revocation))
                .isBetween(Duration.ofDays(30), Duration.ofDays(30).plusSeconds(1));
        assertThat(explain(film).get("valid").booleanValue()).isFalse();
        assertThat(explain(trailer).get("valid").booleanValue()).isTrue();
    }

    @Test
    void kidOfAnAccountAndEnvironment_leavesOthersAlone() throws IOException {
        String second = home.createAccount("Second");
        String first = issue("film");
        String other = issue(second, "film");
        home.run("token", "revoke", "--kid", "^film", "--account", "1002", "--environment", "production");
        assertThat(explain(first).get("valid").booleanValue()).isTrue();
        assertThat(explain(other).get("valid").booleanValue()).isFalse();
        home.run("token", "revoke", "--kid", "^film", "--environment", "test");
        assertThat(explain(first).get("valid").booleanValue()).isTrue();
    }

    @Test
    void account_revokesItsTokens_issuedBefore_evenWhenItIsDeleted() throws IOException {
        String url = issue("film");
        assertThat(home.run("account", "delete", "1001").exit()).isZero();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        assertThat(home.run("token", "revoke", "--account", "1001", "--before", yesterday.toString())
                        .exit())
                .isZero();
        assertThat(explain(url).get("valid").booleanValue()).isTrue();
        assertThat(home.run("token", "revoke", "--account", "1001", "--environment", "test")
                        .exit())
                .isZero();
        assertThat(explain(url).get("valid").booleanValue()).isTrue();
        assertThat(home.run("token", "revoke", "--account", "1001").exit()).isZero();
        assertThat(explain(url).get("revocation").get("id").intValue()).isEqualTo(3);
    }

    @Test
    void list_showsWhatIsInForce_andDeleteTakesItBack() throws IOException {
        assertThat(home.run("token", "revocation", "list").out())
                .isEqualTo("ID     REVOKED              UNTIL                ACCOUNT    ENVIRONMENT "
                        + "TOKENS                                                                   REASON\n");
        assertThat(home.run("token", "revocation", "list", "--json").out()).isEqualTo("[]\n");
        String url = issue("film");
        String id = explain(url).get("tokenId").textValue();
        home.run("token", "revoke", url, "--reason", "leaked");
        home.run("token", "revoke", "--account", "1001", "--environment", "test");
        home.run("token", "revoke", "--kid", "^film");
        List<String> rows =
                home.run("token", "revocation", "list").out().lines().toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).matches("1 {6}" + TIME + " " + TIME + " 1001       production  " + id + " {41}leaked");
        assertThat(rows.get(2)).matches("2 {6}" + TIME + " " + TIME + " 1001       test        issued before " + TIME);
        assertThat(rows.get(3))
                .matches("3 {6}" + TIME + " " + TIME + " any        any         kid " + KeyId.ofName("film")
                        + " issued before " + TIME);
        assertThat(list()).hasSize(3);

        Run deleted = home.run("token", "revocation", "delete", "3");
        assertThat(deleted.out()).isEqualTo("Revocation 3 is deleted.\n");
        assertThat(deleted.exit()).isZero();
        assertThat(home.run("token", "revocation", "delete", "1", "--json").out())
                .isEqualTo("{\"deleted\":1}\n");
        assertThat(explain(url).get("valid").booleanValue()).isTrue();
        Run none = home.run("token", "revocation", "delete", "1");
        assertThat(none.err()).isEqualTo("playgrant: There is no revocation 1\n");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(list()).hasSize(1);
    }

    @Test
    void expiredToken_isExplainedAsExpired_andNeedNotBeRevoked() throws IOException {
        String soon = issue(authenticator, "film", "+1");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> explain(soon).get("reason").textValue(), Objects::nonNull);
        assertThat(explain(soon).get("reason").textValue()).startsWith("expired at ");
        Run run = home.run("token", "revoke", soon);
        assertThat(run.err())
                .isEqualTo("playgrant: The token need not be revoked: it expired at "
                        + explain(soon).get("expiresAt").textValue() + "\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void failures_areToldInOneSentence() {
        assertFailed("There is no account 1002, and there never was one with this number", "--account", "1002");
        assertFailed(
                "There is no account 7, and there never was one with this number", "--kid", "^film", "--account", "7");
    }

    @Test
    void wrongUsage_isStatus2() {
        assertAskedWrongly(
                "--before must not be more than an hour in the future",
                "--account",
                "1001",
                "--before",
                Instant.now().plus(Duration.ofHours(2)).toString());
        assertAskedWrongly(
                "Every token issued before 2020-01-01T00:00:00Z has expired",
                "--kid",
                "^film",
                "--before",
                "2020-01-01T00:00:00.5Z");
        assertAskedWrongly("Give a token, --kid or --account.");
        assertAskedWrongly("Give a token, --kid or --account.", "--environment", "test");
        String alone = "With a token, only --reason and --json are allowed.";
        assertAskedWrongly(alone, "abc", "--kid", "^film");
        assertAskedWrongly(alone, "abc", "--account", "1001");
        assertAskedWrongly(alone, "abc", "--environment", "test");
        assertAskedWrongly(alone, "abc", "--before", "2026-01-01T00:00:00Z");
        String reason = "--reason must have at most 500 characters, and no control character";
        assertAskedWrongly(reason, "abc", "--reason", "x".repeat(501));
        assertAskedWrongly(reason, "abc", "--reason", "a\u0000b");
        assertAskedWrongly(
                "--before must be an RFC 3339 time with Z, such as 2026-12-31T23:59:59Z",
                "--account",
                "1001",
                "--before",
                "yesterday");
        assertAskedWrongly(
                "Invalid value for option '--kid': it must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "--kid",
                "film");
    }

    @Test
    void backup_keepsRevocations(@TempDir Path folder) throws IOException {
        String url = issue("film");
        home.run("token", "revoke", url);
        home.run("token", "revoke", "--kid", "^trailer");
        home.run("token", "revocation", "delete", "2");
        Path file = folder.resolve("backup.zip");
        assertThat(home.run("backup", file.toString()).exit()).isZero();
        TestHome elsewhere = TestHome.in(Files.createDirectory(folder.resolve("elsewhere")));
        assertThat(elsewhere.run("restore", file.toString()).exit()).isZero();
        assertThat(elsewhere.run("token", "revocation", "list").out())
                .isEqualTo(home.run("token", "revocation", "list").out());
        assertThat(elsewhere
                        .run("token", "explain", url, "--json")
                        .json()
                        .get("revocation")
                        .get("id")
                        .intValue())
                .isEqualTo(1);
        assertThat(elsewhere
                        .run("token", "revoke", "--kid", "^film", "--json")
                        .json()
                        .get("id")
                        .intValue())
                .isEqualTo(3);
    }

    private String issue(String name) {
        return issue(authenticator, name);
    }

    private String issue(String by, String name) {
        return issue(by, name, "+3600");
    }

    private String issue(String by, String name, String expirationTime) {
        String url = home.run(
                        "token",
                        "issue",
                        "customerAuthenticator=" + by,
                        "kid=^" + name,
                        "contentKey=" + KEY,
                        "securityLevel=1",
                        "hdcpOutputControl=0",
                        "expirationTime=" + expirationTime)
                .out()
                .strip();
        secret(url.substring(url.indexOf('=') + 1));
        return url;
    }

    private JsonNode explain(String url) throws IOException {
        return home.run("token", "explain", url, "--json").json();
    }

    private JsonNode list() throws IOException {
        return new ObjectMapper()
                .readTree(home.run("token", "revocation", "list", "--json").out());
    }

    private static Duration life(JsonNode revocation) {
        return Duration.between(
                Instant.parse(revocation.get("revokedAt").textValue()),
                Instant.parse(revocation.get("expiresAt").textValue()));
    }

    private void assertFailed(String sentence, String... options) {
        Run run = revoke(options);
        assertThat(run.err()).isEqualTo("playgrant: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private void assertAskedWrongly(String sentence, String... options) {
        Run run = revoke(options);
        assertThat(run.err()).startsWith(sentence + "\nUsage: playgrant token revoke TOKEN ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }

    private Run revoke(String... options) {
        return home.run(Stream.concat(Stream.of("token", "revoke"), Arrays.stream(options))
                .toArray(String[]::new));
    }
}
