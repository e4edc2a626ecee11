package io.playgrant.cli.operator;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.operator.OperatorSecret;
import io.playgrant.operator.SignIn;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorCommandTest {

    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z";

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    private JsonNode create(String name, String role) throws IOException {
        Run run = home.run("operator", "create", "--name", name, "--role", role, "--json");
        JsonNode json = run.json();
        secret(json.get("password").textValue());
        secret(json.get("apiToken").textValue());
        return json;
    }

    @Test
    void create_printsOneLineOfJson() throws IOException {
        JsonNode json = create("ada", "admin");
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("name", "role", "enabled", "createdAt", "password", "apiToken");
        assertThat(json.get("name").textValue()).isEqualTo("ada");
        assertThat(json.get("role").textValue()).isEqualTo("admin");
        assertThat(json.get("enabled").booleanValue()).isTrue();
        assertThat(json.get("createdAt").textValue()).matches(TIME);
        assertThat(json.get("password").textValue()).matches("[0-9a-z]{4}(?:-[0-9a-z]{4}){4}");
        assertThat(json.get("apiToken").textValue()).matches("pgop_1_[A-Za-z0-9_-]{43}");
    }

    @Test
    void create_printsText() {
        Run run = home.run("operator", "create", "--name", "ada", "--role", "support");
        mark(run.out());
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEqualTo("Save the password and the API token now: they cannot be shown again.\n");
        assertThat(run.out()
                        .replaceAll("[0-9a-z]{4}(?:-[0-9a-z]{4}){4}", "PASSWORD")
                        .replaceAll("pgop_1_[A-Za-z0-9_-]{43}", "TOKEN"))
                .isEqualTo("""
                        name            ada
                        role            support
                        enabled         yes
                        password        PASSWORD
                        api token       TOKEN
                        """);
    }

    private static void mark(String out) {
        out.lines()
                .filter(line -> line.startsWith("password ") || line.startsWith("api token "))
                .forEach(line -> secret(line.substring(16)));
    }

    @Test
    void create_refusesANameInUse_andAMalformedOne() throws IOException {
        create("ada", "viewer");
        assertFailed(
                home.run("operator", "create", "--name", "ADA", "--role", "admin"), "There is already an operator ADA");
        assertFailed(
                home.run("operator", "create", "--name", "a b", "--role", "admin"),
                "--name must have 1 to 64 letters, digits and . _ @ + -, and begin with a letter or digit");
    }

    @Test
    void create_isAskedWronglyWithoutARole_orWithAnother() {
        assertThat(home.run("operator", "create", "--name", "ada").err())
                .startsWith("Missing required option: '--role=ROLE'");
        assertThat(home.run("operator", "create", "--name", "ada", "--role", "ADMIN")
                        .err())
                .startsWith("Invalid value for option '--role': 'ADMIN' is neither viewer nor support nor admin");
    }

    @Test
    void list_isATable_orJson() throws IOException {
        create("zoe", "viewer");
        create("Ada", "admin");
        home.run("operator", "set", "zoe", "--disabled");
        assertThat(home.run("operator", "list").out().replaceAll(TIME, "TIME                "))
                .isEqualTo("""
                ROLE     STATE    CREATED              NAME
                admin    enabled  TIME                 Ada
                viewer   disabled TIME                 zoe
                """);
        assertThat(home.run("operator", "list", "--json").out().replaceAll(TIME, "TIME"))
                .isEqualTo("[{\"name\":\"Ada\",\"role\":\"admin\",\"enabled\":true,\"createdAt\":\"TIME\"},"
                        + "{\"name\":\"zoe\",\"role\":\"viewer\",\"enabled\":false,\"createdAt\":\"TIME\"}]\n");
    }

    @Test
    void set_changesWhatIsGiven() throws IOException {
        create("ada", "viewer");
        assertThat(home.run("operator", "set", "ADA", "--role", "admin").out()).isEqualTo("""
                name            ada
                role            admin
                enabled         yes
                """);
        assertThat(home.run("operator", "set", "ada", "--disabled", "--json")
                        .json()
                        .get("enabled")
                        .booleanValue())
                .isFalse();
        assertThat(home.run("operator", "set", "ada", "--enabled", "--json")
                        .json()
                        .get("role")
                        .textValue())
                .isEqualTo("admin");
        assertThat(home.run("operator", "set", "ada").err()).startsWith("Give at least one property to change.");
        assertFailed(home.run("operator", "set", "bob", "--enabled"), "There is no operator bob");
    }

    @Test
    void delete_isForGood() throws IOException {
        create("ada", "viewer");
        assertThat(home.run("operator", "delete", "ada").out()).isEqualTo("Operator ada is deleted.\n");
        assertFailed(home.run("operator", "delete", "ada"), "There is no operator ada");
        create("ada", "viewer");
        assertThat(home.run("operator", "delete", "ada", "--json").out()).isEqualTo("{\"deleted\":\"ada\"}\n");
    }

    @Test
    void password_replacesTheOldOne_andEndsTheSessions() throws IOException {
        String old = create("ada", "viewer").get("password").textValue();
        signIn(old);
        JsonNode json = home.run("operator", "password", "ADA", "--json").json();
        String password = secret(json.get("password").textValue());
        assertThat(json.get("name").textValue()).isEqualTo("ada");
        assertThat(home.run("operator", "session", "list", "--json").out()).isEqualTo("[]\n");
        assertThat(signIn(old)).isInstanceOf(SignIn.Refused.class);
        assertThat(signIn(password)).isInstanceOf(SignIn.SignedIn.class);
        Run text = home.run("operator", "password", "ada");
        mark(text.out());
        assertThat(text.err()).isEqualTo("Save the password now: it cannot be shown again.\n");
        assertThat(text.out()).matches("name            ada\npassword        [-0-9a-z]{24}\n");
        assertFailed(home.run("operator", "password", "bob"), "There is no operator bob");
    }

    private SignIn.Result signIn(String password) {
        try (Application application = home.openApplication()) {
            return new SignIn(application.database(), application.audit(), application.clock(), application.random())
                    .signIn("ada", OperatorSecret.of(password), "192.0.2.1");
        }
    }

    @Test
    void token_replacesTheOldOne() throws IOException {
        String old = create("ada", "viewer").get("apiToken").textValue();
        String token = secret(home.run("operator", "token", "ada", "--json")
                .json()
                .get("apiToken")
                .textValue());
        assertThat(token).matches("pgop_1_[A-Za-z0-9_-]{43}").isNotEqualTo(old);
        Run text = home.run("operator", "token", "ada");
        secret(text.out().substring(text.out().indexOf("pgop_")).strip());
        assertThat(text.err()).isEqualTo("Save the API token now: it cannot be shown again.\n");
        assertThat(text.out()).matches("name            ada\napi token       pgop_1_[A-Za-z0-9_-]{43}\n");
    }

    @Test
    void session_isListed_andRevoked() throws IOException {
        signIn(create("ada", "viewer").get("password").textValue());
        Run list = home.run("operator", "session", "list");
        assertThat(list.out().replaceAll(TIME, "TIME                ")).isEqualTo("""
                SESSION  SIGNED IN            LAST USED            ADDRESS                                 OPERATOR
                1        TIME                 TIME                 192.0.2.1                               ada
                """);
        JsonNode json = new ObjectMapper()
                .readTree(home.run("operator", "session", "list", "--json").out())
                .get(0);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("session", "operator", "address", "createdAt", "lastSeenAt");
        assertThat(home.run("operator", "session", "revoke", "1").out()).isEqualTo("Session 1 is revoked.\n");
        assertFailed(home.run("operator", "session", "revoke", "1"), "There is no session 1");
        assertThat(home.run("audit", "list", "--json").out())
                .contains("\"who\":\"operator ada from 192.0.2.1\",\"action\":\"operator sign-in\"")
                .contains("operator session revoke");
    }

    private static void assertFailed(Run run, String message) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
    }
}
