package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.exchange.RefusalLines;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.route.token.TokenErrorsTest;
import io.playgrant.token.Parameter;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A new endpoint is its declaration, its steps and its YAML, and nothing else. */
class EndpointTest extends FlowTestSupport {

    private static final Endpoint TOY =
            Endpoint.at("/toy", "toy").methods("GET", "HEAD").readBy(Greeting::new);

    /** It has all that can be declared. */
    private static final Endpoint PAGES = Endpoint.at("/pages", "toy")
            .methods("POST")
            .content(Endpoint.Content.BYTES)
            .largestBody(20_000)
            .headerParameters("name")
            .withErrorsByAccept()
            .authentication("Toy")
            .cors(new Cors(List.of("*"), false, List.of("name")))
            .withinHalfOfThePlaces()
            .readBy(Greeting::new);

    /** Its route writes no answer. */
    private static final Endpoint SILENT = Endpoint.at("/silent", "toy").readBy(Greeting::new);

    /** A request of the toy. */
    private static final class Greeting extends RequestContext {

        private final Parameter name;

        private Greeting(AdmittedCall call) {
            super(call.id(), call.source());
            this.name = call.parameters().get("name");
        }

        /** Its step. */
        private Object greet() {
            if (name.isSingle() && name.value().equals("nobody")) {
                throw TokenException.of(ErrorCode.INVALID_TOKEN);
            }
            if (!name.isSingle()) {
                throw TokenException.of(ErrorCode.BAD_REQUEST, "give one name");
            }
            return "Hello " + name.value();
        }
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new Toy());
        configuration.addRoutesBuilder(new RouteFile("classpath:routes/toy-http.camel.yaml"));
    }

    /** Binds the toy. */
    private static final class Toy implements CamelConfiguration {

        @Override
        public void configure(CamelContext context) {
            StepRegistry steps = new StepRegistry(context);
            TOY.bind(steps);
            SILENT.bind(steps);
            PAGES.bind(steps);
            steps.answer("greet", Greeting.class, Greeting::greet);
        }
    }

    /** A file of routes beside those in {@code routes/}. */
    private record RouteFile(String name) implements RoutesBuilder {

        @Override
        public void addRoutesToCamelContext(CamelContext context) throws Exception {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(name));
        }

        @Override
        public void addTemplatedRoutesToCamelContext(CamelContext context) {
            // It has none.
        }

        @Override
        public Set<String> updateRoutesToCamelContext(CamelContext context) {
            return Set.of();
        }
    }

    @Test
    void call_isReadAndAnswered_withItsLength() throws Exception {
        Answer answer = http().get("/toy?name=G%C3%A9ard");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/plain");
        assertThat(answer.header("content-length")).isEqualTo("12");
        assertThat(answer.body()).isEqualTo("Hello G\u00e9ard");
        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{16}");
    }

    @Test
    void head_hasNoContent() throws Exception {
        Answer answer = http().send("HEAD", "/toy?name=a", new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void routeThatWritesNoAnswer_isAnInternalError() throws Exception {
        Answer answer = http().get("/silent");
        assertThat(answer.status()).isEqualTo(500);
        await().untilAsserted(() -> assertThat(requests("500")).isEqualTo(1));
    }

    @Test
    void refusal_isWrittenInTheAskedForm() throws Exception {
        Answer html = http().get("/toy");
        assertThat(html.status()).isEqualTo(400);
        assertThat(html.body()).isEqualTo(TokenErrorsTest.page("[400] Bad Request: give one name"));
        assertThat(http().get("/toy?errorFormat=json").body())
                .isEqualTo("{\"code\":400,\"message\":\"[400] Bad Request: give one name\"}");
        assertThat(http().get("/toy", "Accept: application/json").header("content-type"))
                .isEqualTo("application/json");
    }

    @Test
    void otherMethods_areNotAllowed() throws Exception {
        Answer answer = http().send("DELETE", "/toy?errorFormat=json", new byte[0]);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
        assertThat(answer.body()).isEqualTo("{\"code\":405,\"message\":\"[405] Method Not Allowed: use GET or HEAD\"}");
    }

    @Test
    void declaredHeader_isAParameter() throws Exception {
        assertThat(http().post("/pages", "", "NAME: a").body()).isEqualTo("Hello a");
        assertThat(http().post("/pages?name=a", "", "name: b").status()).isEqualTo(400);
        assertThat(http().get("/toy", "name: a").status()).isEqualTo(400);
    }

    @Test
    void declaredSize_isThatOfTheLargestBody() throws Exception {
        assertThat(http().post("/pages?name=a", "x".repeat(20_000)).status()).isEqualTo(200);
        Answer answer = http().post("/pages?name=a", "x".repeat(20_001));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void declaredAuthentication_isThatOfA401_andAcceptDecidesItsForm() throws Exception {
        Answer answer = http().post("/pages?name=nobody", "", "Accept: application/json");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Toy");
        assertThat(answer.body()).isEqualTo("{\"code\":-4010,\"message\":\"[-4010] Invalid token\"}");
        assertThat(http().get("/toy?name=nobody", "Accept: application/json").header("content-type"))
                .isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void preflight_isAnsweredOnlyIfPagesOfOtherOriginsMayCall() throws Exception {
        Answer preflight = http().send("OPTIONS", "/pages", new byte[0], "Origin: https://a.example");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-methods")).isEqualTo("POST");
        assertThat(http().send("OPTIONS", "/toy", new byte[0], "Origin: https://a.example")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void preflightWithAnUncertainEnd_isRefusedAsAnyRequest() throws Exception {
        Answer answer = http().send("OPTIONS", "/pages", new byte[0], "Transfer-Encoding: gzip, chunked");
        assertThat(answer.status()).isEqualTo(405);
    }

    @Test
    void calls_areCountedUnderItsSource() throws Exception {
        http().get("/toy?name=a");
        http().get("/toy?name=b");
        http().get("/toy");
        await().untilAsserted(() -> {
            assertThat(requests("0")).isEqualTo(2);
            assertThat(requests("400")).isEqualTo(1);
        });
        assertThat(meters().get("playgrant.request")
                        .tag("source", "toy")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void refusal_isLoggedUnderItsSource() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.playgrant.refused");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Answer answer = http().get("/toy");
            assertThat(log.list)
                    .singleElement()
                    .extracting(RefusalLines::text)
                    .asString()
                    .startsWith("request=" + answer.header("x-request-id") + " source=toy code=400 ");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void routeOfAPathThatIsNotDeclared_doesNotStart() {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("platform-http:/undeclared").to("mock:nothing");
                    }
                }))
                .hasMessage("No Endpoint is declared for platform-http:/undeclared");
    }

    private double requests(String code) {
        return meters().get("playgrant.requests")
                .tag("source", "toy")
                .tag("code", code)
                .counter()
                .count();
    }

    private RawHttp http() {
        return new RawHttp(context.hasService(HttpServers.class).port());
    }
}
