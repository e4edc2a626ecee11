package io.playgrant.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.operator.Session;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionPagesTest {

    private static final String SESSIONS = "/console/sessions";

    private RunningConsole console;
    private Operators.Created operator;
    private Browser first;
    private Browser second;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(data);
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @BeforeEach
    void signInTwice() throws Exception {
        operator = console.newOperator(Role.VIEWER);
        first = console.newBrowser();
        first.signIn(operator.operator().name(), operator.password().reveal());
        second = console.newBrowser();
        second.signIn(operator.operator().name(), operator.password().reveal());
    }

    /** Newest first. */
    private List<Session> sessions() {
        return console.application()
                .sessions()
                .list(OptionalLong.of(operator.operator().id()));
    }

    @Test
    void page_showsOwnSessions() throws Exception {
        String page = second.get(SESSIONS).body();
        long own = sessions().get(0).number();
        long other = sessions().get(1).number();
        assertThat(page)
                .contains("<b>" + operator.operator().name() + "</b>")
                .contains("127.0.0.1")
                .contains("action=\"/console/sessions/" + other + "/end\"")
                .doesNotContain("/console/sessions/" + own + "/end")
                .contains("End all others");
    }

    @Test
    void end_endsAnotherSession() throws Exception {
        long other = sessions().get(1).number();
        HttpResponse<String> response = second.post(SESSIONS + "/" + other + "/end", Map.of());
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains(SESSIONS);
        assertThat(first.get(SESSIONS).statusCode()).isEqualTo(303);
        assertThat(second.get(SESSIONS).body()).doesNotContain("End all others");
    }

    @Test
    void end_endsNeitherTheOwnNorThatOfSomebodyElse() throws Exception {
        Browser stranger = console.signedIn(Role.ADMIN);
        long own = sessions().get(0).number();
        assertThat(stranger.post(SESSIONS + "/" + own + "/end", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(second.post(SESSIONS + "/" + own + "/end", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(second.post(SESSIONS + "/x/end", Map.of()).statusCode()).isEqualTo(404);
        assertThat(sessions()).hasSize(2);
    }

    @Test
    void endOthers_keepsThisOne() throws Exception {
        assertThat(second.post(SESSIONS + "/end-others", Map.of()).statusCode()).isEqualTo(303);
        assertThat(first.get(SESSIONS).statusCode()).isEqualTo(303);
        assertThat(second.get(SESSIONS).statusCode()).isEqualTo(200);
        assertThat(console.application()
                        .audit()
                        .list(OptionalLong.empty(), 1)
                        .get(0)
                        .who())
                .isEqualTo("operator " + operator.operator().name() + " from 127.0.0.1");
    }
}
