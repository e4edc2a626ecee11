package io.playgrant.console;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.playgrant.audit.AuditEntry;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.route.http.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets appear neither in the log nor in the audit, and in no answer but the cookie. */
class SecretsInConsoleTest {

    private final Collection<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
        }
    };

    @Test
    void secrets_areNeitherLoggedNorAuditedNorAnswered(@TempDir Path data) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.start();
        root.addAppender(appender);
        try (RunningConsole console = RunningConsole.start(
                data,
                Map.of(),
                routes -> routes.api("POST", "/api/v1/fails", Role.VIEWER, call -> {
                    throw new IllegalStateException(call.header("Authorization").orElse(""));
                }))) {
            Operators.Created operator = console.newOperator(Role.ADMIN);
            String name = operator.operator().name();
            String password = operator.password().reveal();
            String wrong = secret("wrong-" + password);
            List<HttpResponse<String>> answers = new ArrayList<>();
            Browser browser = console.newBrowser();
            answers.add(browser.attempt(name, wrong));
            answers.add(browser.attempt(password, name));
            answers.add(browser.attempt(name, password));
            String session = browser.cookie("playgrant-session");
            answers.add(browser.get("/console/sessions"));
            RawHttp.Answer malformed = new RawHttp(console.port()).get("/console/%zz?password=" + password);
            assertThat(malformed.status()).isEqualTo(400);
            assertThat(malformed.body()).doesNotContain(password);
            answers.add(browser.get("/console/nothing?session=" + session));
            String token = operator.apiToken().reveal();
            String forged = secret(token.substring(0, token.length() - 8) + "AAAAAAAA");
            for (String given : List.of(token, forged)) {
                answers.add(console.client()
                        .send(
                                console.request("/api/v1/fails", given)
                                        .POST(BodyPublishers.ofString(password))
                                        .build(),
                                BodyHandlers.ofString()));
            }
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(403, 403, 303, 200, 404, 500, 401);
            String audit = console.application().audit().list(OptionalLong.empty(), 100).stream()
                    .map(AuditEntry::toString)
                    .collect(Collectors.joining("\n"));
            String answered = answers.stream()
                    .map(answer -> answer.body() + answer.headers().firstValue("Location"))
                    .collect(Collectors.joining("\n"));
            assertThat(audit).contains("operator " + name + " from 127.0.0.1");
            assertThat(logged).anySatisfy(line -> assertThat(line).contains("wrong password"));
            assertThat(String.join("\n", logged) + audit + answered)
                    .doesNotContain(password)
                    .doesNotContain(token)
                    .doesNotContain(forged)
                    .doesNotContain(session);
        } finally {
            root.detachAppender(appender);
        }
    }
}
