package io.playgrant.cli.operate;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCommandTest {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");

    private TestHome home;
    private String authenticator;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        authenticator = home.createAccount("N");
    }

    @Test
    void list_showsWhatWasAnswered_newestFirst() throws IOException {
        issue(authenticator, "cookie=one", "contentId=film 1");
        issue(authenticator, "cookie=" + "c".repeat(33));
        String other = home.createAccount("M");
        issue(other, "cookie=two");
        Run run = home.run("record", "list");
        assertThat(run.exit()).isZero();
        String shown = Pattern.compile("(?m)^\\S+Z +|[0-9a-f]{32} (?=-)| [0-9a-f]{16} ")
                .matcher(run.out())
                .replaceAll("");
        assertThat(shown.replaceAll(" +", " ")).isEqualTo("""
                TIME ACCOUNT ENVIRONMENT FOR CODE SOURCE REQUEST TOKEN ADDRESS KIDS, COOKIE, CONTENT, REDEMPTION
                1002 production token 0 batch - 863d0db7d7cd936f8429635a3a8baee1 cookie=two
                1001 production token -2033 batch - - 863d0db7d7cd936f8429635a3a8baee1 cookie=%s
                1001 production token 0 batch - 863d0db7d7cd936f8429635a3a8baee1 cookie=one contentId="film 1"
                """.formatted("c".repeat(33)));
        assertThat(run.out()).doesNotContain(KEY).doesNotContain(authenticator.substring(5));
    }

    @Test
    void list_quotesWhatCouldBeTakenForSomethingElse() {
        issue(authenticator, "cookie=a contentId=forged", "contentId=\u202e\u2028\"x");
        assertThat(home.run("record", "list").out()).endsWith(" cookie=\"a contentId=forged\" contentId=\"???x\"\n");
        issue(authenticator, "cookie=-", "contentId=a\u3164\ufe0f\u0301");
        assertThat(home.run("record", "list").out().lines().skip(1).findFirst().orElseThrow())
                .endsWith(" cookie=\"-\" contentId=\"a??\u0301\"");
    }

    @Test
    void list_findsWhatIsNamed() throws IOException {
        issue(authenticator, "cookie=one");
        issue(authenticator, "cookie=two");
        issue(authenticator, "cookie=" + "c".repeat(33));
        JsonNode two = list("--cookie", "two").get(0);
        assertThat(two.get("account").longValue()).isEqualTo(1001);
        assertThat(two.get("source").textValue()).isEqualTo("batch");
        assertThat(list("--token", two.get("tokenId").textValue())).containsExactly(two);
        assertThat(list("--kid", "^my-first-film", "--code", "0")).hasSize(2);
        assertThat(list("--code", "-2033")).hasSize(1);
        assertThat(list("--environment", "test")).isEmpty();
        assertThat(list("--account", "1002")).isEmpty();
        assertThat(list("--request", two.get("requestId").textValue())).containsExactly(two);
        assertThat(list("--content", "film 2")).isEmpty();
        assertThat(list("--address", "192.0.2.1")).isEmpty();
        assertThat(list("--limit", "1")).hasSize(1);
        assertThat(list("--to", two.get("time").textValue())).hasSize(1);
        assertThat(list("--from", two.get("time").textValue())).hasSize(2);
    }

    @Test
    void list_showsWhatBecameOfAToken() throws IOException {
        issue(authenticator, "cookie=one");
        issue(authenticator, "cookie=two");
        String tokenId = list("--cookie", "one").get(0).get("tokenId").textValue();
        Instant now = Instant.now();
        RedemptionRecord.Device device =
                new RedemptionRecord.Device("Ma ke", "Model", 1, 4_464L, "PLATFORM_VERIFIED", "0a1b");
        recordRedemption(tokenId, now, 0, new RedemptionRecord(Kind.LICENSE, null, "widevine-cloud", "OK", device));
        recordRedemption(
                tokenId,
                now.plusMillis(1),
                -4010,
                new RedemptionRecord(Kind.RENEWAL, "wrong content", null, null, null));

        List<JsonNode> story = list("--token", tokenId);
        assertThat(story).extracting(record -> record.get("code").intValue()).containsExactly(-4010, 0, 0);
        assertThat(story.get(0).get("redemption")).hasToString("{\"kind\":\"renewal\",\"reason\":\"wrong content\"}");
        assertThat(story.get(1).get("redemption"))
                .hasToString("{\"kind\":\"license\",\"service\":\"widevine-cloud\",\"status\":\"OK\","
                        + "\"device\":{\"make\":\"Ma ke\",\"model\":\"Model\",\"securityLevel\":1,\"systemId\":4464,"
                        + "\"platformVerification\":\"PLATFORM_VERIFIED\",\"serialHash\":\"0a1b\"}}");
        assertThat(story.get(2).has("redemption")).isFalse();
        List<String> rows = home.run("record", "list", "--token", tokenId)
                .out()
                .lines()
                .skip(1)
                .map(row -> row.substring(28).replaceAll(" +", " ").replace(tokenId, "ID"))
                .toList();
        assertThat(rows.get(0))
                .isEqualTo(
                        "1001 production renewal -4010 http request ID 192.0.2.2 cookie=one reason=\"wrong content\"");
        assertThat(rows.get(1))
                .isEqualTo("1001 production license 0 http request ID 192.0.2.2 cookie=one service=widevine-cloud"
                        + " status=OK make=\"Ma ke\" model=Model deviceSecurityLevel=1 systemId=4464"
                        + " platformVerification=PLATFORM_VERIFIED serialHash=0a1b");
        assertThat(rows.get(2)).startsWith("1001 production token 0 batch ").endsWith(" cookie=one");
        assertThat(rows).hasSize(3);
    }

    private void recordRedemption(String tokenId, Instant time, int code, RedemptionRecord redemption) {
        try (Application application = home.openApplication();
                RecordWriter writer = application.newRecordWriter()) {
            writer.add(new TokenRecord(
                    time,
                    "request",
                    tokenId,
                    1001,
                    Environment.PRODUCTION,
                    code,
                    List.of(),
                    null,
                    "one",
                    TokenRecord.Source.HTTP,
                    "192.0.2.2",
                    redemption));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit    | 0     | --limit must be 1 to 100000",
                "--token    | 12    | --token must be the id of a token, 32 hexadecimal digits",
                "--kid      | 12    | Invalid value for option '--kid': it must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "--from     | today | Invalid value for option '--from': it must be a time such as 2026-11-23T12:00:00Z"
            })
    void list_isAskedWrongly(String option, String value, String problem) {
        Run run = home.run("record", "list", option, value);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(problem + "\n");
    }

    private void issue(String caller, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "token",
                "issue",
                "customerAuthenticator=" + caller,
                "kid=^my-first-film",
                "contentKey=" + KEY,
                "securityLevel=1",
                "hdcpOutputControl=0"));
        arguments.addAll(List.of(more));
        home.run(arguments.toArray(String[]::new));
    }

    private List<JsonNode> list(String... filters) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("record", "list", "--json"));
        arguments.addAll(List.of(filters));
        Run run = home.run(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        List<JsonNode> records = new ArrayList<>();
        new ObjectMapper().readTree(run.out()).forEach(records::add);
        return records;
    }
}
