package io.playgrant.cli.operate;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.nio.file.Path;
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
                TIME ACCOUNT ENVIRONMENT CODE SOURCE REQUEST TOKEN ADDRESS KIDS, COOKIE, CONTENT
                1002 production 0 batch - 863d0db7d7cd936f8429635a3a8baee1 cookie=two
                1001 production -2033 batch - - 863d0db7d7cd936f8429635a3a8baee1 cookie=%s
                1001 production 0 batch - 863d0db7d7cd936f8429635a3a8baee1 cookie=one contentId="film 1"
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
        assertThat(list("--token-id", two.get("tokenId").textValue())).containsExactly(two);
        assertThat(list("--kid", "^my-first-film", "--code", "0")).hasSize(2);
        assertThat(list("--code", "-2033")).hasSize(1);
        assertThat(list("--environment", "test")).isEmpty();
        assertThat(list("--account", "1002")).isEmpty();
        assertThat(list("--limit", "1")).hasSize(1);
        assertThat(list("--to", two.get("time").textValue())).hasSize(1);
        assertThat(list("--from", two.get("time").textValue())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit    | 0     | --limit must be 1 to 100000",
                "--token-id | 12    | --token-id must be 32 hexadecimal digits",
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
