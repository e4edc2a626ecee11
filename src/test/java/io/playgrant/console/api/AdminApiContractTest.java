package io.playgrant.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.api.ApiFixture.Answer;
import io.playgrant.console.api.ApiFixture.Call;
import io.playgrant.console.api.OpenApiDocument.Operation;
import io.playgrant.console.api.call.IdempotencyRows;
import io.playgrant.console.http.Endpoint;
import io.playgrant.operator.Role;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server answers as its OpenAPI document says, in each operation, example and error. */
class AdminApiContractTest {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path data;

    private static ApiFixture api;
    private static OpenApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        api = ApiFixture.withService(data);
        document = new OpenApiDocument();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @Test
    void document_isValid() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(AdminApiContractTest.class.getResourceAsStream("/openapi/schema-3.1.json"))) {
            assertThat(FACTORY.getSchema(in).validate(document.root())).isEmpty();
        }
        JsonSchema ofSchemas = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
        assertThat(document.root().at("/components/schemas"))
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(ofSchemas.validate(schema)).isEmpty());
    }

    @Test
    void document_isServedToEverybody() throws Exception {
        Answer answer = api.call("GET", "")
                .without("Authorization")
                .path("/api/openapi.yaml")
                .send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(OpenApiDocument.YAML.readTree(answer.body())).isEqualTo(document.root());
    }

    @Test
    void routesAndOperations_areTheSame(@TempDir Path folder) {
        Set<String> registered = new TreeSet<>();
        try (RunningConsole console = RunningConsole.start(folder)) {
            for (Endpoint endpoint : console.endpoints()) {
                if (endpoint.path().startsWith("/api/v1/")) {
                    registered.add(endpoint.method() + " " + endpoint.path().substring("/api/v1".length()));
                }
            }
        }
        assertThat(document.operations()).extracting(Operation::route).containsExactlyInAnyOrderElementsOf(registered);
        assertThat(document.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    }

    @Test
    void examplesOfTheDocument_fitItsSchemas() {
        for (Operation operation : document.operations()) {
            JsonNode request = operation.json().at("/requestBody/content/application~1json");
            operation
                    .examples()
                    .forEach((name, example) -> example.ifPresent(
                            body -> assertThat(document.schema(request).validate(body))
                                    .as(operation + " " + name)
                                    .isEmpty()));
            for (String status : operation.statuses()) {
                JsonNode response = status.equals("default")
                        ? document.root().at("/components/responses/Unexpected")
                        : operation.response(Integer.parseInt(status));
                response.path("content")
                        .forEach(content -> assertThat(document.schema(content).validate(content.path("example")))
                                .as(operation + " " + status)
                                .isEmpty());
            }
        }
    }

    @Test
    void everyExample_isAnsweredAsTheDocumentSays() throws Exception {
        for (Operation operation : document.operations()) {
            for (Map.Entry<String, Optional<JsonNode>> example :
                    operation.examples().entrySet()) {
                String name = operation + " " + example.getKey();
                Answer answer;
                if (operation.id().equals("listNodes")) {
                    try (Heartbeat heartbeat = api.application().newHeartbeat()) {
                        answer = api.example(operation, example.getValue()).send();
                    }
                    assertThat(answer.json().path("items")).isNotEmpty();
                } else {
                    answer = api.example(operation, example.getValue()).send();
                }
                assertThat(answer.status()).as(name + answer.body()).isBetween(200, 299);
                check(operation, answer, JSON);
                if (!answer.body().isEmpty()) {
                    assertThatDifferencesAreNoticed(operation, answer);
                }
            }
        }
    }

    /** If this test could not fail, it would be worth nothing. */
    private static void assertThatDifferencesAreNoticed(Operation operation, Answer answer) {
        JsonSchema schema = document.schema(
                operation.response(answer.status()).path("content").path(JSON));
        ObjectNode more = answer.json().deepCopy();
        more.put("foreign", 1);
        assertThat(schema.validate(more))
                .as(operation + " with a foreign member")
                .isNotEmpty();
        List<String> names = new ArrayList<>();
        answer.json().fieldNames().forEachRemaining(names::add);
        boolean anyIsRequired = names.stream().anyMatch(name -> {
            ObjectNode less = answer.json().deepCopy();
            less.remove(name);
            return !schema.validate(less).isEmpty();
        });
        assertThat(anyIsRequired).as(operation + " without a member").isTrue();
    }

    private static void check(Operation operation, Answer answer, String type) {
        String name = operation + " " + answer.status() + " " + answer.body();
        assertThat(operation.statuses()).as(name).contains(Integer.toString(answer.status()));
        JsonNode response = operation.response(answer.status());
        response.path("headers").properties().forEach(header -> {
            JsonNode declared =
                    document.root().at(header.getValue().path("$ref").asText().substring(1));
            if (declared.path("required").asBoolean()) {
                assertThat(answer.header(header.getKey())).as(name).isNotEmpty();
            }
        });
        assertThat(answer.header("Cache-Control")).as(name).contains("no-store");
        if (!response.has("content")) {
            assertThat(answer.body()).as(name).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type")).as(name).isEqualTo(type);
        JsonNode content = response.path("content").path(type);
        assertThat(document.schema(content).validate(answer.json())).as(name).isEmpty();
        if (type.equals(PROBLEM)) {
            assertThat(answer.json().path("status").asInt()).as(name).isEqualTo(answer.status());
            assertThat(answer.json().path("requestId").asText()).as(name).isEqualTo(answer.header("X-Request-Id"));
        }
    }

    @Test
    void everyDocumentedError_isProvoked() throws Exception {
        for (Operation operation : document.operations()) {
            for (String status : operation.statuses()) {
                if (!status.startsWith("2") && !status.equals("default")) {
                    Answer answer = provoke(operation, Integer.parseInt(status));
                    assertThat(answer.status())
                            .as(operation + " " + answer.body())
                            .isEqualTo(Integer.parseInt(status));
                    check(operation, answer, PROBLEM);
                }
            }
        }
    }

    private static Answer provoke(Operation operation, int status) throws Exception {
        Call call =
                api.example(operation, operation.examples().values().iterator().next());
        return switch (status) {
            case 304 -> call.header("If-None-Match", call.send().header("ETag")).send();
            case 400 -> call.query("nonsense", "1").send();
            case 401 -> call.without("Authorization").send();
            case 403 -> call.as(Role.VIEWER).send();
            case 404 -> call.path("/api/v1" + missing(operation)).send();
            case 409 -> conflict(operation, call);
            case 412 -> call.header("If-Match", "\"other\"").send();
            case 415 -> call.header("Content-Type", "text/plain").send();
            case 422 -> {
                call.header("Idempotency-Key", operation.id()).send();
                yield api.example(operation, Optional.empty())
                        .path(call.path())
                        .body(call.body().isEmpty() ? "{}" : call.body() + " ")
                        .header("Idempotency-Key", operation.id())
                        .send();
            }
            case 428 -> call.without("If-Match").send();
            default ->
                throw new IllegalArgumentException(operation + " documents " + status + ", which no test provokes");
        };
    }

    /** A path of the operation whose last parameter names nothing. */
    private static String missing(Operation operation) throws Exception {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.path("in").asText().equals("path")) {
                String name = parameter.path("name").asText();
                boolean isLast = path.indexOf('{') == path.lastIndexOf('{');
                String value = !isLast
                        ? (name.equals("ring") ? "production" : Long.toString(api.account()))
                        : switch (name) {
                            case "kid" -> "f".repeat(32);
                            case "account", "id", "number" -> "999999";
                            default -> "nothing";
                        };
                path = path.replace("{" + name + "}", value);
            }
        }
        return path;
    }

    private static Answer conflict(Operation operation, Call call) throws Exception {
        return switch (operation.id()) {
            case "revealKey", "getPackagerCommand" -> {
                String key = call.path().replaceAll("/(reveal|packager-command)$", "");
                assertThat(api.call("PATCH", "")
                                .path(key)
                                .header("If-Match", "*")
                                .body("{\"expiration\":\"2020-01-01T00:00:00Z\"}")
                                .send()
                                .status())
                        .isEqualTo(200);
                yield call.send();
            }
            case "activateRingKey" -> {
                try (Heartbeat heartbeat = api.application().newHeartbeat()) {
                    // This node learns of the key only at its next heartbeat.
                    yield call.body("{\"active\":\"" + api.newRingKey() + "\"}").send();
                }
            }
            case "retireRingKey" -> {
                String active =
                        api.get("/rings/production").json().path("active").asText();
                yield call.path("/api/v1/rings/production/keys/" + active).send();
            }
            default -> inProgress(operation, call);
        };
    }

    /** The first request with a key waits for the row that this test inserts, and the second is refused meanwhile. */
    private static Answer inProgress(Operation operation, Call call) throws Exception {
        assertThat(operation.hasParameter("Idempotency-Key")).as(operation.id()).isTrue();
        String key = "busy-" + operation.id();
        call.header("Idempotency-Key", key);
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        Answer first = api.application().database().withHandle(handle -> {
            handle.begin();
            IdempotencyRows.insert(handle, "Bearer " + api.token(Role.ADMIN), key);
            sent.add(call.sendAsync());
            sent.add(call.sendAsync());
            Object answered = CompletableFuture.anyOf(sent.toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            handle.rollback();
            return (Answer) answered;
        });
        for (CompletableFuture<Answer> one : sent) {
            one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return first;
    }

    @Test
    void roles_mayDoWhatTheTableSays() throws Exception {
        Map<String, Role> least = new TreeMap<>();
        ROLES.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split(":\\s*", -1);
            for (String id : parts[1].split("\\s+", -1)) {
                least.put(id, Role.of(parts[0]).orElseThrow());
            }
        });
        Set<String> ids = new HashSet<>();
        for (Operation operation : document.operations()) {
            ids.add(operation.id());
            for (Role role : Role.values()) {
                Call call = api.example(
                                operation,
                                operation.examples().values().iterator().next())
                        .as(role);
                makeNew(operation, call);
                int expected = role.includes(Objects.requireNonNull(least.get(operation.id()), operation.id()))
                        ? Integer.parseInt(success(operation, role))
                        : 403;
                Answer answer = call.send();
                assertThat(answer.status())
                        .as(operation + " as " + role + " " + answer.body())
                        .isEqualTo(expected);
            }
        }
        assertThat(least.keySet()).isEqualTo(ids);
    }

    private static final String ROLES = """
            viewer: getSelf getHealth listAccounts getAccount getCredits listAuthenticators listSigners listKeys getKey getPackagerCommand
            viewer: searchRecords listRevocations getRevocation listRings getRing listNodes getUsage listAudit listSessions revokeSession
            support: revoke withdrawRevocation issueToken explainToken tryRedemption
            admin: createAccount changeAccount deleteAccount setCredits addCredits addAuthenticator revokeAuthenticator addSigner deleteSigner
            admin: createKey importKeys changeKey deleteKey revealKey activateRingKey addRingKey retireRingKey
            admin: listOperators createOperator getOperator changeOperator deleteOperator newPassword newApiToken
            """;

    /** Nothing is created under a key id that is taken. */
    private static void makeNew(Operation operation, Call call) throws Exception {
        if (operation.id().equals("createKey")) {
            ObjectNode body = (ObjectNode) ApiFixture.JSON.readTree(call.body());
            body.remove("kid");
            call.body(body.toString());
        }
    }

    private static String success(Operation operation, Role role) {
        if (operation.id().equals("revokeSession") && role != Role.ADMIN) {
            // Somebody else's.
            return "404";
        }
        return operation.statuses().contains("201")
                ? "201"
                : operation.statuses().contains("204") ? "204" : "200";
    }
}
