package io.playgrant.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.Endpoint;
import io.playgrant.operator.Operator;
import io.playgrant.operator.OperatorChange;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No operator does what the role does not allow: every endpoint of the console is tried with each smaller role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {

    private RunningConsole console;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(data, Map.of(), routes -> {
            for (Role role : Role.values()) {
                for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                    routes.page(method, "/console/test/" + role.label(), role, call -> Answer.html(call.who()))
                            .api(
                                    method,
                                    "/api/v1/test/" + role.label() + "/:id",
                                    role,
                                    call -> Answer.json(call.who()));
                }
            }
        });
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER", "SUPPORT"})
    void session_cannotDoWhatNeedsAHigherRole(Role role) throws Exception {
        Browser browser = console.signedIn(role);
        for (Endpoint endpoint : console.endpoints()) {
            if (endpoint.least() != null && !role.includes(endpoint.least())) {
                HttpResponse<String> response =
                        browser.send(request(endpoint).header("X-CSRF-Token", browser.csrfToken()));
                assertThat(response.statusCode()).as(endpoint.toString()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER", "SUPPORT"})
    void apiToken_cannotDoWhatNeedsAHigherRole(Role role) throws Exception {
        String token = console.newOperator(role).apiToken().reveal();
        for (Endpoint endpoint : console.endpoints()) {
            if (endpoint.isApi() && endpoint.least() != null && !role.includes(endpoint.least())) {
                assertThat(withToken(endpoint, token).statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void nobody_canDoAnything() throws Exception {
        for (Endpoint endpoint : console.endpoints()) {
            if (endpoint.least() != null) {
                HttpResponse<String> response = console.newBrowser().send(request(endpoint));
                assertThat(response.statusCode()).as(endpoint.toString()).isEqualTo(endpoint.isApi() ? 401 : 303);
            }
        }
    }

    @Test
    void apiToken_opensNoPage() throws Exception {
        String token = console.newOperator(Role.ADMIN).apiToken().reveal();
        for (Endpoint endpoint : console.endpoints()) {
            if (!endpoint.isApi() && endpoint.least() != null) {
                assertThat(withToken(endpoint, token).statusCode())
                        .as(endpoint.toString())
                        .isEqualTo(303);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void role_includesThoseBelow(Role role) throws Exception {
        Operators.Created created = console.newOperator(role);
        for (Role least : Role.values()) {
            Endpoint endpoint = console.endpoints().stream()
                    .filter(candidate -> candidate.path().equals("/api/v1/test/" + least.label() + "/:id"))
                    .filter(candidate -> candidate.method().equals("DELETE"))
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> response =
                    withToken(endpoint, created.apiToken().reveal());
            assertThat(response.statusCode()).isEqualTo(role.includes(least) ? 200 : 403);
            if (role.includes(least)) {
                assertThat(response.body())
                        .isEqualTo("\"operator " + created.operator().name() + " from 127.0.0.1\"");
            }
        }
    }

    @Test
    void roleThatIsTakenAway_isGoneAtOnce() throws Exception {
        Operators.Created created = console.newOperator(Role.ADMIN);
        Operator operator = created.operator();
        Browser browser = console.newBrowser();
        browser.signIn(operator.name(), created.password().reveal());
        assertThat(browser.get("/console/test/admin").statusCode()).isEqualTo(200);
        assertThat(readAsAdmin(created)).isEqualTo(200);
        console.application().operators().change(operator.name(), new OperatorChange(Role.SUPPORT, null));
        assertThat(browser.get("/console/test/admin").statusCode()).isEqualTo(403);
        assertThat(readAsAdmin(created)).isEqualTo(403);
        console.application().operators().change(operator.name(), new OperatorChange(null, false));
        assertThat(browser.get("/console/test/viewer").statusCode()).isEqualTo(303);
        assertThat(readAsAdmin(created)).isEqualTo(401);
    }

    private int readAsAdmin(Operators.Created created) throws Exception {
        return console.client()
                .send(
                        console.request(
                                        "/api/v1/test/admin/1",
                                        created.apiToken().reveal())
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void sessionThatIsRevoked_isRefusedAtOnce() throws Exception {
        Operators.Created created = console.newOperator(Role.VIEWER);
        Browser browser = console.newBrowser();
        browser.signIn(created.operator().name(), created.password().reveal());
        long session = console.application()
                .sessions()
                .list(OptionalLong.of(created.operator().id()))
                .get(0)
                .number();
        assertThat(browser.get("/console/test/viewer").statusCode()).isEqualTo(200);
        console.application().sessions().revoke(session, OptionalLong.empty());
        assertThat(browser.get("/console/test/viewer").statusCode()).isEqualTo(303);
        browser.cookies().remove("playgrant-session");
        browser.signIn(created.operator().name(), created.password().reveal());
        console.application().operators().newPassword(created.operator().name(), renewed -> {});
        assertThat(browser.get("/console/test/viewer").statusCode()).isEqualTo(303);
    }

    private HttpResponse<String> withToken(Endpoint endpoint, String token) throws Exception {
        return console.client()
                .send(
                        request(endpoint)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(Endpoint endpoint) {
        String path = Objects.requireNonNull(endpoint.path()).replaceAll(":[A-Za-z]+", "1");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + console.port() + path))
                .method(endpoint.method(), BodyPublishers.noBody());
    }
}
