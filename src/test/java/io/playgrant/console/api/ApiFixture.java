package io.playgrant.console.api;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.api.OpenApiDocument.Operation;
import io.playgrant.console.http.Csrf;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.route.RunningService;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server with an operator of each role, and with whatever an example of the document needs. */
final class ApiFixture implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Application application;
    private final int port;
    private final AutoCloseable server;
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final long account;

    private ApiFixture(Application application, int port, AutoCloseable server) {
        this.application = application;
        this.port = port;
        this.server = server;
        for (Role role : Role.values()) {
            tokens.put(role, newOperator(role).apiToken().reveal());
        }
        account = newAccount();
    }

    /** With the whole service, which issues tokens. */
    static ApiFixture withService(Path data) throws Exception {
        RunningService service = RunningService.startWithConsole(data, Map.of("PLAYGRANT_RECORDS", "sync"));
        return new ApiFixture(service.application(), service.managementPort(), service);
    }

    /** With the management port only. */
    static ApiFixture withoutService(Application application) {
        RunningConsole console = RunningConsole.start(application);
        return new ApiFixture(application, console.port(), console);
    }

    Application application() {
        return application;
    }

    String token(Role role) {
        return Objects.requireNonNull(tokens.get(role));
    }

    /** The account of the examples: with a limit, and a key with the kid of the examples. */
    long account() {
        return account;
    }

    long newAccount() {
        return application
                .accounts()
                .create(new NewAccount("Film Store", Profile.STRICT, List.of(), Limit.of(1_000_000), Limit.NONE))
                .account()
                .number();
    }

    Operators.Created newOperator(Role role) {
        return application.operators().create("operator" + NUMBER.incrementAndGet(), role, created -> {
            secret(created.password().reveal());
            secret(created.apiToken().reveal());
        });
    }

    /** A request that can be changed before it is sent. */
    final class Call {

        private final String method;
        private String path;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<String, String> query = new LinkedHashMap<>();
        private String body = "";

        Call(String method, String path) {
            this.method = method;
            this.path = path;
            as(Role.ADMIN);
        }

        Call as(Role role) {
            return header("Authorization", "Bearer " + tokens.get(role));
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call without(String name) {
            headers.remove(name);
            return this;
        }

        Call query(String name, String value) {
            query.put(name, value);
            return this;
        }

        Call path(String changed) {
            path = changed;
            return this;
        }

        String path() {
            return path;
        }

        Call body(String text) {
            body = text;
            return text.isEmpty() ? this : header("Content-Type", "application/json");
        }

        String body() {
            return body;
        }

        Answer send() throws Exception {
            return Answer.of(client.send(request(), BodyHandlers.ofString()));
        }

        CompletableFuture<Answer> sendAsync() {
            return client.sendAsync(request(), BodyHandlers.ofString()).thenApply(Answer::of);
        }

        private HttpRequest request() {
            StringBuilder uri = new StringBuilder("http://localhost:" + port + path);
            char separator = '?';
            for (Map.Entry<String, String> one : query.entrySet()) {
                uri.append(separator).append(one.getKey()).append('=').append(encoded(one.getValue()));
                separator = '&';
            }
            BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(uri.toString())).method(method, publisher);
            headers.forEach(request::header);
            return request.build();
        }
    }

    /** An answer. */
    record Answer(int status, String body, HttpResponse<String> response) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.body(), response);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Call call(String method, String path) {
        return new Call(method, "/api/v1" + path);
    }

    /** A call in the session of a new operator, as a page sends it. */
    Call inSession(Role role, String method, String path) throws Exception {
        Operators.Created operator = newOperator(role);
        Browser browser = new Browser(client, "http://localhost:" + port);
        browser.signIn(operator.operator().name(), operator.password().reveal());
        String session = secret(Objects.requireNonNull(browser.cookies().get("playgrant-session")));
        return call(method, path)
                .without("Authorization")
                .header("Cookie", "playgrant-session=" + session)
                .header("Origin", "http://localhost:" + port)
                .header("X-CSRF-Token", Csrf.token(session));
    }

    Answer get(String path) throws Exception {
        return call("GET", path).send();
    }

    /** Sends JSON that must succeed. */
    JsonNode post(String path, String json) throws Exception {
        Answer answer = call("POST", path).body(json).send();
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        return answer.json();
    }

    /** An example of the document, with ids and tokens that exist here. */
    Call example(Operation operation, Optional<JsonNode> body) throws Exception {
        Map<String, String> values = values(operation);
        String path = operation.path();
        Call call = call(operation.method(), "");
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            String value = values.getOrDefault(name, parameter.path("example").asText());
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> {
                    if (parameter.has("example")) {
                        call.query(name, value);
                    }
                }
                default -> {
                    if (name.equals("If-Match")) {
                        call.header(name, "*");
                    }
                }
            }
        }
        return call.path("/api/v1" + path).body(body.isPresent() ? body(body.get(), values) : "");
    }

    private String body(JsonNode example, Map<String, String> values) throws Exception {
        ObjectNode body = example.deepCopy();
        if (body.has("token")) {
            body.put("token", licenseUrl());
        }
        if (body.has("name") && body.size() > 1) {
            body.put("name", body.path("name").asText().replace(' ', '-') + NUMBER.incrementAndGet());
        }
        if (body.has("account")) {
            body.put("account", account);
        }
        if (values.containsKey("active")) {
            body.put("active", values.get("active"));
        }
        return body.toString();
    }

    private Map<String, String> values(Operation operation) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        String number = Long.toString(account);
        boolean changesAccount =
                Set.of("changeAccount", "setCredits", "deleteAccount").contains(operation.id());
        values.put("account", changesAccount ? Long.toString(newAccount()) : number);
        String accounts = "/accounts/" + number;
        switch (operation.id()) {
            case "revokeAuthenticator" ->
                values.put(
                        "id",
                        post(accounts + "/authenticators", "{}").path("id").asText());
            case "deleteSigner" -> values.put("name", newSigner());
            case "getKey", "changeKey", "deleteKey", "revealKey", "getPackagerCommand" -> values.put("kid", newKey());
            case "getRevocation", "withdrawRevocation" -> values.put("id", newRevocation());
            case "activateRingKey" -> values.put("active", newRingKey());
            case "retireRingKey" -> values.put("key", newRingKey());
            case "getOperator", "changeOperator", "deleteOperator", "newPassword", "newApiToken" ->
                values.put("name", newOperator(Role.VIEWER).operator().name());
            case "revokeSession" -> values.put("number", newSession());
            default -> {
                // Everything it needs is there.
            }
        }
        return values;
    }

    String newKey() throws Exception {
        return post("/accounts/" + account + "/keys", "{\"held\":true,\"contentId\":\"film-1\"}")
                .at("/key/kid")
                .asText();
    }

    private String newSigner() throws Exception {
        String name = "signer " + NUMBER.incrementAndGet();
        ObjectNode signer = JsonNodeFactory.instance.objectNode();
        signer.put("name", name).put("aesKey", "00".repeat(16)).put("aesIv", "11".repeat(16));
        post("/accounts/" + account + "/signers", signer.toString());
        return name;
    }

    private String newRevocation() throws Exception {
        String id = "%032x".formatted(NUMBER.incrementAndGet());
        return post("/revocations", "{\"tokenId\":\"" + id + "\"}").path("id").asText();
    }

    String newRingKey() throws Exception {
        return post("/rings/production/keys", "").path("key").asText();
    }

    private String newSession() throws Exception {
        Operators.Created operator = newOperator(Role.VIEWER);
        new Browser(client, "http://localhost:" + port)
                .signIn(operator.operator().name(), operator.password().reveal());
        return Long.toString(application
                .sessions()
                .list(OptionalLong.of(operator.operator().id()))
                .get(0)
                .number());
    }

    /** The licence URL of a new token of the account. */
    String licenseUrl() throws Exception {
        return post("/tokens", """
                {"account": %d, "parameters": {"kid": "^film-1", "contentKey": "%s", "securityLevel": 1, "hdcpOutputControl": 0}}
                """.formatted(account, secret("0f0e0d0c0b0a09080706050403020100")))
                .path("licenseUrl")
                .asText();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
