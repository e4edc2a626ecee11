package io.playgrant.route.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.TokenException;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.Outcome;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.http.HttpServers;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.net.InetAddress;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code routes/tokens-http.camel.yaml}, with a mock for the flow behind. */
class StreamRoutesTest extends FlowTestSupport {

    private static final String TYPE = "Content-Type: application/x-ndjson";

    private Customer customer;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.replaceRouteFromWith("token-item", "direct:replaced");
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:token-item").to("mock:token-item");
            }
        });
    }

    @BeforeEach
    void answerWithTheId() {
        customer = newCustomer(Profile.STRICT);
        flow().whenAnyExchangeReceived(exchange -> {
            Issuance issuance = RequestContext.of(exchange, Issuance.class);
            String id = issuance.item().id();
            issuance.setOutcome(Outcome.of(TokenResult.of(id, "url of " + id)));
        });
    }

    @Test
    void lines_areItemsOfTheCaller_fromTheCallsOrigin() throws Exception {
        Answer answer = post(
                "{\"id\":\"a\",\"parameters\":{\"kid\":\"^x\"}}\n{\"id\":\"b\",\"parameters\":{}}",
                TYPE,
                "Host: play.example:81");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(StreamConnection.unchunk(answer.body()))
                .containsExactly(
                        "{\"id\":\"a\",\"licenseUrl\":\"url of a\"}", "{\"id\":\"b\",\"licenseUrl\":\"url of b\"}");
        assertThat(flow().getExchanges()).hasSize(2).allSatisfy(exchange -> {
            Issuance issuance = RequestContext.of(exchange, Issuance.class);
            assertThat(issuance.transport()).isEqualTo(Source.STREAM);
            assertThat(issuance.rightsUrl()).contains("http://play.example:81/hms/wv/rights/");
            assertThat(issuance.origin().address()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(issuance.caller().account().number()).isEqualTo(customer.account());
        });
    }

    @Test
    void lineThatIsNoRequest_isARefusedItem() throws Exception {
        flow().whenAnyExchangeReceived(exchange -> {
            Issuance issuance = RequestContext.of(exchange, Issuance.class);
            Item item = issuance.item();
            TokenException refusal = Optional.ofNullable(item.refusal()).orElseThrow();
            issuance.setOutcome(
                    Outcome.of(TokenResult.of(item.id(), refusal.code().number() + " " + refusal.details())));
        });
        assertThat(StreamConnection.unchunk(post("\n{\"id\":\"a\"}", TYPE).body()))
                .containsExactly("{\"id\":\"a\",\"licenseUrl\":\"400 line 2: parameters are missing\"}");
    }

    @Test
    void byteOrderMarkAndParametersOfTheType_meanNothing() throws Exception {
        for (String parameters : new String[] {"; charset=utf8", "; charset=us-ascii; version=1"}) {
            Answer answer = post("\uFEFF{\"id\":\"a\",\"parameters\":{\"kid\":\"^x\"}}\n", TYPE + parameters);
            assertThat(StreamConnection.unchunk(answer.body()))
                    .containsExactly("{\"id\":\"a\",\"licenseUrl\":\"url of a\"}");
        }
    }

    @Test
    void contentCoding_isRefusedBeforeTheBodyIsRead() throws Exception {
        Answer coding = post("{}", TYPE, "Content-Encoding: gzip");
        assertThat(coding.status()).isEqualTo(415);
        assertThat(coding.header("accept-encoding")).isEqualTo("identity");
        assertThat(coding.body())
                .isEqualTo("{\"code\":415,\"message\":\"[415] Unsupported Media Type: a body must have no"
                        + " Content-Encoding\"}");
        assertThat(post("", TYPE, "Content-Encoding: identity").status()).isEqualTo(200);
        assertThat(flow().getExchanges()).isEmpty();
    }

    @Test
    void otherMethodsAndTypes_areRefused() throws Exception {
        Answer method = http().get("/hms/wv/tokens?errorFormat=json");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("allow")).isEqualTo("POST");
        assertThat(method.body()).isEqualTo("{\"code\":405,\"message\":\"[405] Method Not Allowed: use POST\"}");
        Answer type = post("kid=1", "Content-Type: application/x-www-form-urlencoded");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.body())
                .isEqualTo("{\"code\":415,\"message\":\"[415] Unsupported Media Type: a body must be"
                        + " application/x-ndjson in UTF-8\"}");
        flow().assertIsSatisfied();
        assertThat(flow().getExchanges()).isEmpty();
    }

    private Answer post(String body, String... headers) throws Exception {
        return http().post(
                        "/hms/wv/tokens?errorFormat=json&customerAuthenticator=" + customer.production(),
                        body,
                        headers);
    }

    private RawHttp http() {
        return new RawHttp(context.hasService(HttpServers.class).port());
    }

    private MockEndpoint flow() {
        return getMockEndpoint("mock:token-item");
    }
}
