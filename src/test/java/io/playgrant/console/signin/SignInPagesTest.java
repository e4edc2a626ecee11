package io.playgrant.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.http.Answer;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInPagesTest {

    private RunningConsole console;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(
                data,
                Map.of(),
                routes -> routes.page("GET", "/console/test", Role.VIEWER, call -> Answer.html(call.who())));
        console.newOperator(Role.ADMIN);
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @Test
    void signIn_opensThePages() throws Exception {
        Operators.Created created = console.newOperator(Role.VIEWER);
        Browser browser = console.newBrowser();
        browser.signIn(
                created.operator().name().toUpperCase(Locale.ROOT),
                created.password().reveal());
        HttpResponse<String> page = browser.get("/console/test");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("operator " + created.operator().name() + " from 127.0.0.1");
    }

    @Test
    void page_needsASession() throws Exception {
        HttpResponse<String> page = console.newBrowser().get("/console/test?x=1");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/console/sign-in?next=%2Fconsole%2Ftest%3Fx%3D1");
    }

    @Test
    void signIn_refusesAWrongPasswordAndAnUnknownNameAlike() throws Exception {
        Operators.Created created = console.newOperator(Role.VIEWER);
        HttpResponse<String> wrong =
                console.newBrowser().attempt(created.operator().name(), "wrong");
        HttpResponse<String> unknown = console.newBrowser().attempt("nobody", "wrong");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(unknown.statusCode()).isEqualTo(403);
        String hidden = "value=\"[^\"]*\"";
        assertThat(wrong.body().replaceAll(hidden, "")).isEqualTo(unknown.body().replaceAll(hidden, ""));
    }

    @Test
    void signIn_endsTheSessionBefore() throws Exception {
        Operators.Created created = console.newOperator(Role.VIEWER);
        Browser browser = console.newBrowser();
        browser.signIn(created.operator().name(), created.password().reveal());
        Map<String, String> before = Map.copyOf(browser.cookies());
        browser.signIn(created.operator().name(), created.password().reveal());
        assertThat(browser.get("/console/test").statusCode()).isEqualTo(200);
        browser.cookies().putAll(before);
        assertThat(browser.get("/console/test").statusCode()).isEqualTo(303);
    }

    @Test
    void signOut_endsTheSession() throws Exception {
        Browser browser = console.signedIn(Role.VIEWER);
        Map<String, String> before = Map.copyOf(browser.cookies());
        assertThat(browser.post("/console/sign-out", Map.of()).statusCode()).isEqualTo(303);
        browser.cookies().putAll(before);
        assertThat(browser.get("/console/test").statusCode()).isEqualTo(303);
    }
}
