package io.playgrant.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.app.Application;
import io.playgrant.config.TestInstallation;
import io.playgrant.console.api.ApiFixture.Answer;
import io.playgrant.console.api.ApiFixture.Call;
import io.playgrant.operator.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks on the embedded database, and those that do not depend on it. */
class AdminApiOnH2Test extends AdminApiChecks {

    @TempDir
    private Path data;

    @Override
    Application open(Clock time) {
        return Application.open(
                TestInstallation.settings(data, Map.of("PLAYGRANT_MANAGEMENT_PORT", "0")), time, new SecureRandom());
    }

    @Test
    void invalidInput_isRefusedWithAllItsMistakes() throws Exception {
        assertThat(fields(api.call("POST", "/accounts")
                        .body("{\"profile\":\"loose\",\"networks\":[\"x\"],\"credits\":1.5,\"rate\":0,\"colour\":1}")
                        .send()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name", "is missing",
                        "profile", "must be strict or lenient",
                        "networks",
                                "must be a list of IPv4 or IPv6 addresses or CIDR ranges, together at most 4000 characters",
                        "credits", "must be an integer from 0 to 1000000000000",
                        "rate", "must be an integer from 1 to 1000000",
                        "colour", "is not a member of this request"));
        assertThat(fields(api.get("/accounts?limit=0&cursor=*&page=2")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "limit", "must be an integer from 1 to 1000",
                        "cursor", "must be a cursor that this list returned as next",
                        "page", "is not a parameter of this operation"));
        assertThat(fields(api.call("PATCH", "/accounts/" + api.account())
                        .header("If-Match", "*")
                        .body("{\"packaging\":{\"production\":\"on\",\"staging\":true},\"enabled\":null}")
                        .send()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "enabled", "must be true or false",
                        "packaging.production", "must be true or false",
                        "packaging.staging", "is not a member of this request"));
        assertThat(fields(api.call("POST", "/revocations")
                        .body("{\"tokenId\":\"x\",\"account\":1001,\"issuedBefore\":\"today\"}")
                        .send()))
                .containsOnlyKeys("token", "tokenId", "issuedBefore");
    }

    private static Map<String, String> fields(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:playgrant:problem:invalid-input");
        Map<String, String> fields = new TreeMap<>();
        answer.json()
                .path("fields")
                .forEach(field -> fields.put(
                        field.path("name").asText(), field.path("detail").asText()));
        return fields;
    }

    @Test
    void session_needsItsCsrfToken_andHasIdempotencyKeysOfItsOwn() throws Exception {
        Call create = api.inSession(Role.ADMIN, "POST", "/accounts")
                .header("Idempotency-Key", "key")
                .body("{\"name\":\"A\"}");
        Answer first = create.send();
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(create.send().body()).isEqualTo(first.body());
        assertThat(create.without("X-CSRF-Token").send().status()).isEqualTo(403);
        assertThat(api.inSession(Role.VIEWER, "GET", "/me")
                        .send()
                        .json()
                        .path("role")
                        .asText())
                .isEqualTo("viewer");
        assertThat(api.application().accounts().list()).hasSize(2);
    }

    @Test
    void malformedBodies_areRefused() throws Exception {
        String deep = "[".repeat(40) + "]".repeat(40);
        for (String body :
                new String[] {"{", "[]", "null", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":" + deep + "}", "{} {}"
                }) {
            assertThat(api.call("POST", "/accounts").body(body).send().status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(api.call("POST", "/accounts")
                        .body("{\"name\":\"" + "a".repeat(70_000) + "\"}")
                        .send()
                        .status())
                .isEqualTo(413);
        assertThat(api.call("GET", "/accounts").body("{}").send().status()).isEqualTo(400);
        assertThat(api.application().accounts().list()).hasSize(1);
    }

    @Test
    void keyInClear_isShownToAdministratorsOnly_andAudited() throws Exception {
        String keys = "/accounts/" + api.account() + "/keys";
        String kid = api.newKey();
        for (Role role : new Role[] {Role.VIEWER, Role.SUPPORT}) {
            assertThat(api.call("POST", keys + "/" + kid + "/reveal")
                            .as(role)
                            .body("{}")
                            .send()
                            .status())
                    .isEqualTo(403);
            JsonNode shown = api.call("GET", keys + "/" + kid).as(role).send().json();
            assertThat(shown.has("k") || shown.has("ek")).isFalse();
        }
        JsonNode revealed = api.post(keys + "/" + kid + "/reveal", "{}");
        String key = io.playgrant.TestSecrets.secret(revealed.path("k").asText());
        assertThat(key).matches("[0-9a-f]{32}");
        JsonNode audit = api.get("/audit?limit=1").json().at("/items/0");
        assertThat(audit.path("action").asText()).isEqualTo("key reveal");
        assertThat(audit.path("details").asText()).isEqualTo("environment=production kid=" + kid);

        String kek = io.playgrant.TestSecrets.secret("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
        JsonNode wrapped = api.post(keys, "{\"kek\":\"" + kek + "\",\"k\":\"" + key + "\"}")
                .path("key");
        assertThat(wrapped.has("k")).isFalse();
        String path = keys + "/" + wrapped.path("kid").asText() + "/reveal";
        assertThat(api.call("POST", path).body("{}").send().status()).isEqualTo(400);
        Answer wrong = api.call("POST", path)
                .body("{\"kek\":\"" + "00".repeat(16) + "\"}")
                .send();
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("code").asInt()).isEqualTo(5);
        assertThat(api.post(path, "{\"kek\":\"" + kek + "\"}").path("k").asText())
                .isEqualTo(key);
    }

    @Test
    void importedKeys_areJudgedOneByOne() throws Exception {
        String key = io.playgrant.TestSecrets.secret("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
        String other = io.playgrant.TestSecrets.secret("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
        String path = "/accounts/" + api.account() + "/keys/import";
        String body = "{\"held\":true,\"keys\":[{\"kid\":\"^a\",\"k\":\"%s\"},{\"kid\":\"^b\"}]}";
        JsonNode first = api.post(path, body.formatted(key)).path("outcomes");
        assertThat(first.at("/0/outcome").asText()).isEqualTo("imported");
        assertThat(first.at("/1/outcome").asText()).isEqualTo("refused");
        assertThat(first.at("/1/reason").asText()).isEqualTo("k is missing");
        assertThat(api.post(path, body.formatted(key)).at("/outcomes/0/outcome").asText())
                .isEqualTo("present");
        assertThat(api.post(path, body.formatted(other))
                        .at("/outcomes/0/outcome")
                        .asText())
                .isEqualTo("refused");
    }

    @Test
    void lowerBalance_isNoConflict() throws Exception {
        String path = "/accounts/" + api.account();
        String tag = api.get(path).header("ETag");
        api.application().database().withHandle(handle -> handle.execute("update credit set balance = balance - 1"));
        assertThat(api.call("GET", path).header("If-None-Match", tag).send().status())
                .isEqualTo(200);
        assertThat(api.call("PATCH", path)
                        .header("If-Match", tag)
                        .body("{\"rate\":7}")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(api.call("PATCH", path)
                        .header("If-Match", tag)
                        .body("{\"rate\":8}")
                        .send()
                        .status())
                .isEqualTo(412);
    }
}
