package io.playgrant.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.route.http.RawHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by way of an operator's browser: forged requests, frames, sessions that somebody else knows, other hosts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserProtectionTest {

    private static final String CHANGE = "/console/test-change";
    private static final String API = "/api/v1/test-change";

    private final AtomicInteger changes = new AtomicInteger();
    private RunningConsole console;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(
                data,
                Map.of("PLAYGRANT_CONSOLE_HOSTS", "console.example,*.internal"),
                routes -> routes.page("GET", "/console/test", Role.VIEWER, call -> Answer.html(call.csrfToken()))
                        .page("POST", CHANGE, Role.VIEWER, call -> change())
                        .api("GET", API, Role.VIEWER, call -> Answer.json("read"))
                        .api("PUT", API, Role.VIEWER, call -> change())
                        .api("DELETE", API, Role.VIEWER, call -> change()));
    }

    @AfterAll
    void stop() {
        console.close();
    }

    private Answer change() {
        changes.incrementAndGet();
        return Answer.empty();
    }

    @Test
    void form_needsTheCsrfTokenOfItsSession() throws Exception {
        Browser browser = console.signedIn(Role.VIEWER);
        Browser other = console.signedIn(Role.VIEWER);
        assertThat(browser.get("/console/test").body()).isEqualTo(browser.csrfToken());
        assertUnchanged(browser.postAsIs(CHANGE, Map.of()));
        assertUnchanged(browser.postAsIs(CHANGE, Map.of("csrf", "")));
        assertUnchanged(browser.postAsIs(CHANGE, Map.of("csrf", other.csrfToken())));
        assertThat(browser.post(CHANGE, Map.of()).statusCode()).isEqualTo(204);
        assertThat(changes.getAndSet(0)).isEqualTo(1);
    }

    private void assertUnchanged(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(changes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void api_needsTheCsrfTokenOfASession_butNotOfAnApiToken(String method) throws Exception {
        Browser browser = console.signedIn(Role.VIEWER);
        assertThat(browser.send(api("GET")).statusCode()).isEqualTo(200);
        assertUnchanged(browser.send(api(method)));
        assertThat(browser.send(api(method).header("X-CSRF-Token", browser.csrfToken()))
                        .statusCode())
                .isEqualTo(204);
        String token = console.newOperator(Role.VIEWER).apiToken().reveal();
        assertThat(console.newBrowser()
                        .send(api(method).header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(204);
        assertThat(changes.getAndSet(0)).isEqualTo(2);
    }

    private HttpRequest.Builder api(String method) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + console.port() + API))
                .method(method, BodyPublishers.noBody());
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,         https://evil.example",
        "Origin,         null",
        "Origin,         http://localhost:1",
        "Origin,         http://localhost.evil.example",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void pageOfAnotherOrigin_changesNothing_evenWithTheToken(String header, String value) throws Exception {
        Browser browser = console.signedIn(Role.VIEWER).with(header, value);
        assertUnchanged(browser.post(CHANGE, Map.of()));
        assertUnchanged(browser.send(api("PUT").header("X-CSRF-Token", browser.csrfToken())));
    }

    @Test
    void pageOfTheConsole_changesThings() throws Exception {
        Browser browser = console.signedIn(Role.VIEWER)
                .with("Origin", "http://localhost:" + console.port())
                .with("Sec-Fetch-Site", "same-origin");
        assertThat(browser.post(CHANGE, Map.of()).statusCode()).isEqualTo(204);
        assertThat(changes.getAndSet(0)).isEqualTo(1);
    }

    /** Login CSRF: the visitor of another page would act as the attacker's operator. */
    @Test
    void signInForm_isBoundToItsBrowser() throws Exception {
        Operators.Created attacker = console.newOperator(Role.ADMIN);
        Browser own = console.newBrowser();
        own.get("/console/sign-in");
        Map<String, String> form = Map.of(
                "csrf", Csrf.token(own.cookie("playgrant-sign-in")),
                "name", attacker.operator().name(),
                "password", attacker.password().reveal());
        Browser victim = console.newBrowser();
        assertThat(victim.postAsIs("/console/sign-in", form).statusCode()).isEqualTo(403);
        victim.get("/console/sign-in");
        assertThat(victim.postAsIs("/console/sign-in", form).statusCode()).isEqualTo(403);
        assertThat(victim.cookies()).doesNotContainKey("playgrant-session");
        assertThat(own.postAsIs("/console/sign-in", form).statusCode()).isEqualTo(303);
    }

    @Test
    void signIn_doesNotTakeOverAnIdThatSomebodyElseChose() throws Exception {
        Browser attacker = console.signedIn(Role.VIEWER);
        String known = attacker.cookie("playgrant-session");
        Browser victim = console.newBrowser();
        victim.cookies().put("playgrant-session", known);
        Operators.Created operator = console.newOperator(Role.ADMIN);
        victim.signIn(operator.operator().name(), operator.password().reveal());
        assertThat(victim.cookie("playgrant-session")).isNotEqualTo(known);
        assertThat(attacker.get("/console/sessions").body())
                .doesNotContain(operator.operator().name());
        Browser made = console.newBrowser();
        made.cookies().put("playgrant-session", "A".repeat(43));
        made.signIn(operator.operator().name(), operator.password().reveal());
        assertThat(made.cookie("playgrant-session")).isNotEqualTo("A".repeat(43));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/sign-in", "/console/test", "/console/nothing", "/api/v1/test-change", "/api/x"})
    void everyAnswer_tellsBrowsersToProtectIt(String path) throws Exception {
        HttpResponse<String> response = console.newBrowser().get(path);
        assertThat(header(response, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Referrer-Policy")).isEqualTo("same-origin");
        assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(response, "Permissions-Policy")).startsWith("camera=()");
        assertThat(header(response, "Strict-Transport-Security")).isEmpty();
        assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(response.body()).doesNotContain("<script>").doesNotContain("style=");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:%d,          200",
        "127.0.0.1:%d,          200",
        "[::1]:%d,              200",
        "192.0.2.7,             200",
        "console.example,       200",
        "CONSOLE.example.:8443, 200",
        "a.b.internal,          200",
        "evil.example,          421",
        "evil.example:%d,       421",
        "console.example.evil,  421",
        "xconsole-example,      421",
        "localhost.evil,        421",
        "'',                    421"
    })
    void host_mustBeOneOfTheConsole(String host, int status) throws Exception {
        RawHttp http = new RawHttp(console.port());
        assertThat(http.get("/console/sign-in", "Host: " + host.formatted(console.port()))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void programWithAnApiToken_mayUseAnyHost() throws Exception {
        RawHttp http = new RawHttp(console.port());
        String token = "Authorization: Bearer "
                + console.newOperator(Role.VIEWER).apiToken().reveal();
        assertThat(http.get(API, "Host: playgrant.other", token).status()).isEqualTo(200);
        assertThat(http.get(API, "Host: playgrant.other").status()).isEqualTo(421);
        assertThat(http.get("/console/sign-in", "Host: playgrant.other", token).status())
                .isEqualTo(421);
        assertThat(http.get("/observe/health/live", "Host: playgrant.other").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/console//../../evil",
                "/api/v1/x",
                "/console/\r\nSet-Cookie: a=b",
                "/console/\u0000",
                "javascript:alert(1)",
                "console/",
                " /console/x"
            })
    void signIn_leadsToPagesOfTheConsoleOnly(String next) throws Exception {
        assertThat(locationAfterSignIn(next)).isEqualTo("/console/");
    }

    @Test
    void signIn_leadsBackToThePage() throws Exception {
        assertThat(locationAfterSignIn("/console/requests?cookie=a%20b&code=-2018"))
                .isEqualTo("/console/requests?cookie=a%20b&code=-2018");
    }

    private String locationAfterSignIn(String next) throws Exception {
        Operators.Created operator = console.newOperator(Role.VIEWER);
        Browser browser = console.newBrowser();
        browser.get("/console/sign-in");
        HttpResponse<String> response = browser.postAsIs(
                "/console/sign-in",
                Map.of(
                        "csrf", Csrf.token(browser.cookie("playgrant-sign-in")),
                        "name", operator.operator().name(),
                        "password", operator.password().reveal(),
                        "next", next));
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("a="));
        return header(response, "Location");
    }

    @Test
    void htmx_isSentToTheSignInPage_whenTheSessionHasEnded() throws Exception {
        HttpResponse<String> response =
                console.newBrowser().with("HX-Request", "true").get("/console/test");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "HX-Redirect")).isEqualTo("/console/sign-in");
    }

    @Test
    void cookie_isForTheServerOnly() throws Exception {
        Operators.Created operator = console.newOperator(Role.VIEWER);
        HttpResponse<String> response = console.newBrowser()
                .attempt(operator.operator().name(), operator.password().reveal());
        assertThat(header(response, "Set-Cookie"))
                .matches("playgrant-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }
}
