package io.playgrant.console.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.route.http.RawHttp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console behind a trusted proxy, which ends TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxiedConsoleTest {

    private RunningConsole console;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(
                data,
                Map.of(
                        "PLAYGRANT_TRUSTED_PROXIES",
                        "127.0.0.1,10.0.0.0/8",
                        "PLAYGRANT_CONSOLE_HOSTS",
                        "console.example"),
                routes -> routes.open("GET", "/api/origin", call -> Answer.json(call.address() + " " + call.isSecure()))
                        .page("POST", "/console/test", Role.VIEWER, call -> Answer.empty()));
        console.newOperator(Role.ADMIN);
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                    | 127.0.0.1",
                "192.0.2.1                           | 192.0.2.1",
                "198.51.100.9, 192.0.2.1             | 192.0.2.1",
                "198.51.100.9,192.0.2.1, 10.0.0.9    | 192.0.2.1",
                "unknown, 192.0.2.1                  | 192.0.2.1",
                "192.0.2.1:65535                     | 192.0.2.1",
                "[2001:db8::1]:61234                 | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1                         | 2001:db8:0:0:0:0:0:1",
                "10.0.0.7, 10.0.0.8                  | 10.0.0.7"
            })
    void address_isTheRightmostThatIsNotTrusted(String forwardedFor, String address) throws Exception {
        RawHttp.Answer answer = forwardedFor == null
                ? new RawHttp(console.port()).get("/api/origin")
                : new RawHttp(console.port()).get("/api/origin", "X-Forwarded-For: " + forwardedFor);
        assertThat(answer.body()).isEqualTo("\"" + address + " false\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For | unknown",
                "X-Forwarded-For | 192.0.2.1,",
                "X-Forwarded-For | 192.0.2.1 192.0.2.2",
                "X-Forwarded-For | [192.0.2.1",
                "X-Forwarded-For | 192.0.2.1:http",
                "X-Forwarded-Proto | ftp"
            })
    void malformedHeaderOfAProxy_isRefused(String header, String value) throws Exception {
        assertThat(new RawHttp(console.port())
                        .get("/api/origin", header + ": " + value)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void behindTls_cookiesAreSecure_andPagesStayThere() throws Exception {
        Operators.Created operator = console.newOperator(Role.VIEWER);
        Browser browser = console.newBrowser()
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "console.example")
                .with("Origin", "https://console.example");
        HttpResponse<String> response =
                browser.attempt(operator.operator().name(), operator.password().reveal());
        assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
                .matches("__Host-playgrant-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(browser.post("/console/test", Map.of()).statusCode()).isEqualTo(204);
    }

    /** Another host of the same site can set a cookie, but not one with this prefix. */
    @Test
    void behindTls_aCookieWithoutThePrefixDoesNotCount() throws Exception {
        Browser browser = console.signedIn(Role.VIEWER);
        assertThat(browser.get("/console/sessions").statusCode()).isEqualTo(200);
        browser.with("X-Forwarded-Proto", "https");
        assertThat(browser.get("/console/sessions").statusCode()).isEqualTo(303);
    }

    @Test
    void host_isThatOfTheProxysClient() throws Exception {
        RawHttp http = new RawHttp(console.port());
        assertThat(http.get("/console/sign-in", "X-Forwarded-Host: console.example")
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/console/sign-in", "X-Forwarded-Host: evil.example")
                        .status())
                .isEqualTo(421);
    }

    @Test
    void bruteForce_isSlowedDown_byAddress() throws Exception {
        Browser attacker = console.newBrowser().with("X-Forwarded-For", "198.51.100.66");
        for (int i = 0; i < 20; i++) {
            assertThat(attacker.attempt("guess" + i, secret("wrong-password-" + i))
                            .statusCode())
                    .isEqualTo(403);
        }
        HttpResponse<String> blocked = attacker.attempt("guess", "wrong");
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After").orElse("")).matches("[1-5]");
        assertThat(blocked.body()).contains("There were too many failures. Try again in ");
        assertThat(console.newBrowser()
                        .with("X-Forwarded-For", "198.51.100.67")
                        .attempt("guess", "wrong")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void bruteForce_isSlowedDown_byName() throws Exception {
        Operators.Created operator = console.newOperator(Role.ADMIN);
        String name = operator.operator().name();
        for (int i = 0; i < 10; i++) {
            assertThat(from(i).attempt(name, "wrong").statusCode()).isEqualTo(403);
        }
        assertThat(from(10).attempt(name, operator.password().reveal()).statusCode())
                .isEqualTo(429);
        assertThat(console.newBrowser()
                        .attempt(name, operator.password().reveal())
                        .statusCode())
                .as("through a tunnel")
                .isEqualTo(303);
    }

    private Browser from(int host) {
        return console.newBrowser().with("X-Forwarded-For", "203.0.113." + host);
    }
}
