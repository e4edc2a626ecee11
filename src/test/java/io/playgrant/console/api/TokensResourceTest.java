package io.playgrant.console.api;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.console.api.ApiFixture.Answer;
import io.playgrant.operator.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators issue, explain, try and revoke tokens of a running server. */
class TokensResourceTest {

    private static final String KEY = secret("3c3d3e3f404142434445464748494a4b");

    @TempDir
    private static Path data;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws Exception {
        api = ApiFixture.withService(data);
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    private static Answer issue(long account, String more) throws Exception {
        return api.call("POST", "/tokens")
                .as(Role.SUPPORT)
                .body("""
                        {"account": %d, "environment": "test", "parameters":
                         {"kid": "^film", "contentKey": "%s", "securityLevel": 1, "hdcpOutputControl": 0%s}}
                        """.formatted(account, KEY, more))
                .send();
    }

    @Test
    void issuedToken_isChargedForAndRecorded() throws Exception {
        long account = api.newAccount();
        api.application().accounts().change(account, AccountChange.credits(Limit.of(2)));
        Answer answer = issue(account, ", \"cookie\": \"issued by an operator\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode records = api.get("/records?account=" + account).json().path("items");
        assertThat(records).hasSize(1);
        JsonNode record = records.get(0);
        assertThat(record.path("source").asText()).isEqualTo("console");
        assertThat(record.path("tokenId").asText())
                .isEqualTo(answer.json().path("tokenId").asText());
        assertThat(record.path("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(record.path("environment").asText()).isEqualTo("test");
        assertThat(record.path("cookie").asText()).isEqualTo("issued by an operator");
        JsonNode change = api.get("/audit?account=" + account).json().at("/items/0");
        assertThat(change.path("action").asText()).isEqualTo("token issue");
        assertThat(change.path("details").asText())
                .isEqualTo("token=" + record.path("tokenId").asText());
        assertThat(change.path("who").asText()).startsWith("operator ").endsWith(" from 127.0.0.1");
        assertThat(issue(account, "").status()).isEqualTo(201);
        Answer refused = issue(account, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("code").asInt()).isEqualTo(-2019);
    }

    @Test
    void repeatedRequest_isChargedForOnce() throws Exception {
        long account = api.newAccount();
        String body = """
                {"account": %d, "parameters": {"kid": "^film", "contentKey": "%s", "securityLevel": 1, "hdcpOutputControl": 0}}
                """.formatted(account, KEY);
        String first = null;
        for (int i = 0; i < 3; i++) {
            Answer answer = api.call("POST", "/tokens")
                    .header("Idempotency-Key", "one-token")
                    .body(body)
                    .send();
            assertThat(answer.status()).isEqualTo(201);
            first = first == null ? answer.body() : first;
            assertThat(answer.body()).isEqualTo(first);
        }
        assertThat(api.get("/records?account=" + account).json().path("items")).hasSize(1);
    }

    @Test
    void rulesOfTheAccount_apply() throws Exception {
        long account = api.newAccount();
        Answer invalid = issue(account, ", \"expirationTime\": \"2001-01-01T00:00:00Z\"");
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.json().path("code").asInt()).isEqualTo(-2002);
        api.application().accounts().change(account, AccountChange.enabled(false));
        Answer disabled = issue(account, "");
        assertThat(disabled.status()).isEqualTo(400);
        assertThat(disabled.json().path("code").asInt()).isEqualTo(-2031);
        assertThat(api.get("/records?account=" + account + "&code=-2031").json().path("items"))
                .hasSize(1);
    }

    @Test
    void unknownParameters_andAuthenticators_areRefused() throws Exception {
        JsonNode problem = issue(api.account(), ", \"customerAuthenticator\": \"1001,x\", \"coloür\": \"red\"")
                .json();
        assertThat(problem.path("fields")).hasSize(2);
        assertThat(problem.at("/fields/0/name").asText()).isEqualTo("parameters.customerAuthenticator");
        assertThat(problem.at("/fields/1/name").asText()).isEqualTo("parameters.coloür");
        assertThat(issue(4711, "").json().at("/fields/0/name").asText()).isEqualTo("account");
    }

    @Test
    void tokenIsExplainedAndTried_untilItIsRevoked() throws Exception {
        String url = issue(api.account(), "").json().path("licenseUrl").asText();
        String body = "{\"token\":\"" + url + "\"}";
        JsonNode explained = api.call("POST", "/tokens/explain")
                .as(Role.SUPPORT)
                .body(body)
                .send()
                .json();
        assertThat(explained.path("valid").asBoolean()).isTrue();
        assertThat(explained.at("/keys/0/contentKey").asText()).isEqualTo("***");
        assertThat(api.call("POST", "/tokens/redeem")
                        .as(Role.SUPPORT)
                        .body(body)
                        .send()
                        .json()
                        .path("checks"))
                .isNotEmpty();

        String reveal = "{\"token\":\"" + url + "\",\"revealKeys\":true}";
        assertThat(api.call("POST", "/tokens/explain")
                        .as(Role.SUPPORT)
                        .body(reveal)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(api.call("POST", "/tokens/explain")
                        .body(reveal)
                        .send()
                        .json()
                        .at("/keys/0/contentKey")
                        .asText())
                .isEqualTo(KEY);
        JsonNode audit = api.get("/audit?limit=1").json().at("/items/0");
        assertThat(audit.path("action").asText()).isEqualTo("token reveal");
        assertThat(audit.path("details").asText())
                .isEqualTo("token=" + explained.path("tokenId").asText());

        JsonNode revocation = api.call("POST", "/revocations")
                .as(Role.SUPPORT)
                .body(body)
                .send()
                .json();
        assertThat(revocation.path("isNew").asBoolean()).isTrue();
        assertThat(revocation.path("who").asText()).startsWith("operator operator");
        assertThat(api.post("/tokens/explain", body).path("valid").asBoolean()).isFalse();
        assertThat(api.post("/revocations", body).path("isNew").asBoolean()).isFalse();
        assertThat(api.call("DELETE", "/revocations/" + revocation.path("id").asText())
                        .as(Role.SUPPORT)
                        .send()
                        .status())
                .isEqualTo(204);
        assertThat(api.post("/tokens/explain", body).path("valid").asBoolean()).isTrue();
        assertThat(api.post("/tokens/explain", "{\"token\":\"AAAA\"}")
                        .path("valid")
                        .asBoolean())
                .isFalse();
    }
}
