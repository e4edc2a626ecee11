package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.CamelsFailureLog;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.route.token.TokenErrorsTest;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code routes/token-http.camel.yaml}, {@link NotFoundRoute} and {@code errors.camel.yaml}, with a mock for the flow behind. */
class HttpRoutesTest extends FlowTestSupport {

    private static final String LEAK = secret("5ec4e75ec4e75ec4e75ec4e75ec4e700");

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("direct:token");
    }

    @Test
    void tokenHttp_readsTheRequestAndHandsItOn() throws Exception {
        MockEndpoint flow = flow();
        flow.expectedMessageCount(1);
        http().get("/hms/wv/token?kid=%5Efilm&contentId=a%20b");
        flow.assertIsSatisfied();
        TokenRequest request =
                RequestContext.of(flow.getExchanges().get(0), Issuance.class).request();
        assertThat(request.contentId())
                .isEqualTo(new Parameters().add("contentId", "a b").get("contentId"));
        assertThat(request.keys().get(0).kid())
                .isEqualTo(new Parameters().add("kid", "^film").get("kid"));
    }

    @Test
    void tokenHttp_answersWithTheLicenseUrl() throws Exception {
        flow().whenAnyExchangeReceived(exchange -> {
            Issuance issuance = RequestContext.of(exchange, Issuance.class);
            issuance.setLicenseUrl(issuance.rightsUrl().orElseThrow() + "?ExpressPlayToken=abc-_");
        });
        Answer answer = http().get("/hms/wv/token", "Host: play.example:81");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/uri-list");
        assertThat(answer.body()).isEqualTo("http://play.example:81/hms/wv/rights/?ExpressPlayToken=abc-_");
        assertThat(answer.header("content-length"))
                .isEqualTo(Integer.toString(answer.body().length()));
    }

    @Test
    void refusalOfTheFlow_isAnsweredAsHtml() throws Exception {
        failWith(TokenException.of(ErrorCode.INVALID_KID, "<b>"));
        Answer answer = http().get("/hms/wv/token");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body()).isEqualTo(TokenErrorsTest.page("[-4022] Invalid kid: <b>"));
    }

    @Test
    void refusalOfTheFlow_isAnsweredAsJson() throws Exception {
        failWith(TokenException.of(ErrorCode.INVALID_KID, "\"x\""));
        Answer answer = http().get("/hms/wv/token?errorFormat=json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("{\"code\":-4022,\"message\":\"[-4022] Invalid kid: \\\"x\\\"\"}");
    }

    @Test
    void unforeseenFailure_isAnInternalErrorThatTellsNothing() throws Exception {
        failWith(new IllegalStateException("about " + LEAK));
        Answer answer = http().get("/hms/wv/token?errorFormat=json");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("{\"code\":500,\"message\":\"[500] Internal Server Error: the log tells more under "
                        + answer.header("x-request-id") + "\"}");
    }

    @Test
    void failure_isNotLoggedByCamel() throws Exception {
        failWith(new IllegalStateException("about " + LEAK));
        try (CamelsFailureLog log = new CamelsFailureLog()) {
            assertThat(http().get("/hms/wv/token").status()).isEqualTo(500);
            assertThat(http().get("/nothing/here").status()).isEqualTo(404);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void error_isAnError_andNotAnEmpty500() throws Exception {
        failWith(new StackOverflowError());
        Answer answer = http().get("/hms/wv/token");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("<title>[500] Internal Server Error");
    }

    @Test
    void failureOfWhichNoErrorCanBeMade_isLoggedOnceWithoutItsMessage() throws Exception {
        failWith(new Indescribable());
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try {
            Answer answer = http().get("/hms/wv/token");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain(LEAK);
            await().until(() -> !log.list.isEmpty());
            assertThat(log.list).singleElement().satisfies(line -> {
                assertThat(line.getFormattedMessage())
                        .startsWith("No error could be made of the failure of " + answer.header("x-request-id") + ": ")
                        .contains("java.lang.IllegalStateException\n\tat ")
                        .doesNotContain(LEAK);
                assertThat(line.getThrowableProxy()).isNull();
            });
        } finally {
            root.detachAppender(log);
        }
    }

    /** Fails whoever wants to tell of it. */
    private static final class Indescribable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("about " + LEAK);
        }
    }

    @Test
    void unknownPath_is404InTheAskedForm() throws Exception {
        String message = "[404] Not Found: tokens are issued at /hms/wv/token";
        Answer html = http().get("/nothing/here");
        assertThat(html.status()).isEqualTo(404);
        assertThat(html.body()).isEqualTo(TokenErrorsTest.page(message));
        Answer json = http().get("/", "Accept: text/plain, application/json;q=0.5");
        assertThat(json.status()).isEqualTo(404);
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.body()).isEqualTo("{\"code\":404,\"message\":\"" + message + "\"}");
    }

    private RawHttp http() {
        return new RawHttp(context.hasService(HttpServers.class).port());
    }

    private void failWith(Throwable failure) {
        flow().whenAnyExchangeReceived(exchange -> exchange.setException(failure));
    }

    private MockEndpoint flow() {
        return getMockEndpoint("mock:direct:token");
    }
}
