package io.playgrant.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.AccountChange;
import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.console.api.ApiFixture.Answer;
import io.playgrant.console.api.ApiFixture.Call;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.token.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists, changes and repeated requests, on one kind of database. */
abstract class AdminApiChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 8;
    private static final Instant START = Instant.parse("2026-11-29T18:00:00Z");

    final SettableClock clock = new SettableClock(START, Duration.ZERO);
    ApiFixture api;

    /** Opens an empty installation. */
    abstract Application open(Clock time) throws Exception;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.withoutService(open(clock));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void repeatedCreation_isAnsweredWithTheFirstAnswer() throws Exception {
        Supplier<Call> creation = () ->
                api.call("POST", "/accounts").header("Idempotency-Key", "first").body("{\"name\":\"Once\"}");
        Answer first = creation.get().send();
        Answer second = creation.get().send();
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().at("/production/customerAuthenticator").asText())
                .matches("1002,[0-9a-f]{32}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo("/api/v1/accounts/1002").isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(api.application().accounts().list()).hasSize(2);
        // Without a key, each request creates another.
        creation.get().without("Idempotency-Key").send();
        creation.get().without("Idempotency-Key").send();
        assertThat(api.application().accounts().list()).hasSize(4);
    }

    @Test
    void idempotencyKey_belongsToItsRequestAndItsCredential() throws Exception {
        String one = "{\"name\":\"One\"}";
        assertThat(create("key", one).status()).isEqualTo(201);
        Answer other = create("key", "{\"name\":\"Two\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asText()).isEqualTo("urn:playgrant:problem:key-reused");
        String token = api.newOperator(Role.ADMIN).apiToken().reveal();
        Answer ofAnother = api.call("POST", "/accounts")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "key")
                .body(one)
                .send();
        assertThat(ofAnother.status()).isEqualTo(201);
        assertThat(api.application().accounts().list()).hasSize(3);
        assertThat(create("a b", one).status()).isEqualTo(400);
        assertThat(create("x".repeat(129), one).status()).isEqualTo(400);
    }

    @Test
    void refusal_isNotKept() throws Exception {
        assertThat(addCredits("again", 5).status()).isEqualTo(200);
        api.application().accounts().change(api.account(), AccountChange.credits(io.playgrant.account.Limit.NONE));
        assertThat(addCredits("later", 5).status()).isEqualTo(409);
        api.application().accounts().change(api.account(), AccountChange.credits(io.playgrant.account.Limit.of(10)));
        assertThat(addCredits("later", 5).json().path("credits").asLong()).isEqualTo(15);
        assertThat(addCredits("later", 5).json().path("credits").asLong()).isEqualTo(15);
        assertThat(addCredits("again", 5).json().path("credits").asLong()).isEqualTo(1_000_005);
        assertThat(api.application()
                        .accounts()
                        .find(api.account())
                        .orElseThrow()
                        .credits()
                        .most())
                .isEqualTo(15);
    }

    private Answer addCredits(String key, int credits) throws Exception {
        return api.call("POST", "/accounts/" + api.account() + "/credits")
                .header("Idempotency-Key", key)
                .body("{\"add\":" + credits + "}")
                .send();
    }

    private Answer create(String key, String body) throws Exception {
        return api.call("POST", "/accounts")
                .header("Idempotency-Key", key)
                .body(body)
                .send();
    }

    @Test
    void answers_areKeptFor24Hours() throws Exception {
        String first = create("key", "{\"name\":\"A\"}").body();
        clock.set(START.plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(create("key", "{\"name\":\"A\"}").body()).isEqualTo(first);
        clock.set(START.plus(Duration.ofHours(24)).plusSeconds(120));
        assertThat(create("key", "{\"name\":\"A\"}").body()).isNotEqualTo(first);
        assertThat(api.application().accounts().list()).hasSize(3);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void database_doesNotRevealKeptAnswers() throws Exception {
        String key = "7d9c1c1e-the-key";
        Answer answer = create(key, "{\"name\":\"A\"}");
        String secret = answer.json().at("/production/customerAuthenticator").asText();
        assertThat(rows()).hasSize(1);
        String row = rows().get(0);
        for (String text : List.of(secret, key, api.token(Role.ADMIN), "\"name\"")) {
            assertThat(row).doesNotContain(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The rows, all in hexadecimal digits. */
    private List<String> rows() {
        return api.application()
                .database()
                .withHandle(handle -> handle.createQuery("select id, request, answer from idempotency_key")
                        .map((row, context) ->
                                HexFormat.of().formatHex(row.getString("id").getBytes(StandardCharsets.UTF_8))
                                        + HexFormat.of().formatHex(row.getBytes("request"))
                                        + HexFormat.of().formatHex(row.getBytes("answer")))
                        .list());
    }

    @Test
    void sameRequestsAtOnce_createOnce() throws Exception {
        // Only few new API tokens are checked at once.
        api.get("/me");
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sent.add(api.call("POST", "/accounts")
                    .header("Idempotency-Key", "key")
                    .body("{\"name\":\"Once\"}")
                    .sendAsync());
        }
        List<Answer> answers = all(sent);
        assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409).contains(201);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 201)
                .extracting(Answer::body)
                .containsOnly(create("key", "{\"name\":\"Once\"}").body());
        assertThat(api.application().accounts().list()).hasSize(2);
    }

    @Test
    void ofChangesAtOnce_oneWins() throws Exception {
        String operator = api.newOperator(Role.VIEWER).operator().name();
        String kid = api.newKey();
        oneOf("PATCH", "/accounts/" + api.account(), "{\"rate\":%d}");
        oneOf("PUT", "/accounts/" + api.account() + "/credits", "{\"credits\":%d}");
        oneOf("PATCH", "/accounts/" + api.account() + "/keys/" + kid, "{\"info\":\"%d\"}");
        oneOf("PATCH", "/operators/" + operator, "{\"enabled\":false,\"role\":\"support\"}");
    }

    @Test
    void operators_canNeitherChangeNorDeleteThemselves() throws Exception {
        Operators.Created self = api.newOperator(Role.ADMIN);
        String path = "/operators/" + self.operator().name();
        String token = "Bearer " + self.apiToken().reveal();
        for (String method : List.of("PATCH", "DELETE")) {
            Call call = api.call(method, path)
                    .without("Authorization")
                    .header("Authorization", token)
                    .header("If-Match", "*");
            Answer answer = (method.equals("PATCH") ? call.body("{\"role\":\"viewer\"}") : call).send();
            assertThat(answer.status()).as(method).isEqualTo(403);
            assertThat(answer.json().path("detail").asText())
                    .isEqualTo("This is you. Another administrator must do that");
        }
        assertThat(api.get(path).json().path("role").asText()).isEqualTo("admin");
    }

    private void oneOf(String method, String path, String body) throws Exception {
        String tag = api.get(path).header("ETag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)?\"");
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 1; i <= AT_ONCE; i++) {
            sent.add(api.call(method, path)
                    .header("If-Match", "\"other\", " + tag)
                    .body(body.formatted(i))
                    .sendAsync());
        }
        List<Answer> answers = all(sent);
        assertThat(answers)
                .as(path)
                .extracting(Answer::status)
                .containsOnly(200, 412)
                .containsOnlyOnce(200);
        Answer winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
        Answer now = api.get(path);
        assertThat(now.json()).isEqualTo(winner.json());
        assertThat(now.header("ETag")).isEqualTo(winner.header("ETag")).isNotEqualTo(tag);
        Answer unchanged = api.call("GET", path)
                .header("If-None-Match", "W/" + now.header("ETag"))
                .send();
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        Answer weak = api.call(method, path)
                .header("If-Match", "W/" + now.header("ETag"))
                .body(body.formatted(9))
                .send();
        assertThat(weak.status()).isEqualTo(412);
    }

    private static List<Answer> all(List<CompletableFuture<Answer>> sent) throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : sent) {
            answers.add(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        return answers;
    }

    @Test
    void pages_areStableWhileRowsAreAdded() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.newAccount();
            api.post("/revocations", "{\"tokenId\":\"%032x\"}".formatted(i));
        }
        assertThat(walk("/accounts", "account", api::newAccount))
                .startsWith("1001", "1002", "1003", "1004", "1005", "1006");
        assertThat(walk("/revocations", "id", () -> api.newAccount())).containsExactly("1", "2", "3", "4", "5");
        String kids = "/accounts/" + api.account() + "/keys";
        for (String first : List.of("11", "33", "55")) {
            api.post(kids, "{\"held\":true,\"kid\":\"" + first.repeat(16) + "\"}");
        }
        assertThat(walk(kids, "kid", () -> api.post(kids, "{\"held\":true,\"kid\":\"" + "00".repeat(16) + "\"}")))
                .containsExactly("11".repeat(16), "33".repeat(16), "55".repeat(16));
        assertThat(walk("/operators", "name", () -> api.newOperator(Role.VIEWER)))
                .doesNotHaveDuplicates();
    }

    /** An action that may fail. */
    private interface Action {
        Object run() throws Exception;
    }

    /** The members of all items, in pages of two, while something happens between the pages. */
    private List<String> walk(String path, String member, Action between) throws Exception {
        List<String> found = new ArrayList<>();
        String next = "/api/v1" + path + "?limit=2";
        while (!next.isEmpty() && found.size() < 20) {
            Answer page = api.call("GET", "").path(next).send();
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.json().path("items")).hasSizeBetween(1, 2);
            page.json()
                    .path("items")
                    .forEach(item -> found.add(item.path(member).asText()));
            JsonNode cursor = page.json().path("next");
            String link = page.header("Link");
            assertThat(link.isEmpty()).isEqualTo(cursor.isNull());
            next = link.isEmpty() ? "" : link.replaceFirst("^<([^>]*)>; rel=\"next\"$", "$1");
            if (!link.isEmpty()) {
                assertThat(next).contains("cursor=" + cursor.asText());
                between.run();
            }
        }
        return found;
    }

    @Test
    void auditAndItsPages_nameTheOperator() throws Exception {
        api.call("PATCH", "/accounts/" + api.account())
                .header("If-Match", "*")
                .body("{\"enabled\":false}")
                .send();
        api.call("PATCH", "/accounts/" + api.account())
                .header("If-Match", "*")
                .body("{\"enabled\":true}")
                .send();
        AuditEntry latest = api.application()
                .audit()
                .list(OptionalLong.of(api.account()), 1)
                .get(0);
        assertThat(latest.who()).matches("operator operator[0-9]+ from 127\\.0\\.0\\.1");
        assertThat(latest.action()).isEqualTo("account set");
        Answer first = api.get("/audit?limit=1&account=" + api.account());
        assertThat(first.json().at("/items/0/details").asText()).isEqualTo("enabled=true");
        api.call("PATCH", "/accounts/" + api.account())
                .header("If-Match", "*")
                .body("{\"enabled\":false}")
                .send();
        Answer second = api.get("/audit?limit=1&account=" + api.account() + "&cursor="
                + first.json().path("next").asText());
        assertThat(second.json().at("/items/0/details").asText()).isEqualTo("enabled=false");
        assertThat(second.json().at("/items/0/who").asText()).isEqualTo(latest.who());
    }
}
