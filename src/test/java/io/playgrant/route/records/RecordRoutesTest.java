package io.playgrant.route.records;

import static io.playgrant.TestSecrets.secret;
import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.batch.Item;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RecordedAnswers;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.http.HttpServers;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.token.Parameters;
import java.io.IOException;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** {@code routes/records-http.camel.yaml}, and the steps of the other routes that leave records. */
class RecordRoutesTest extends FlowTestSupport {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");

    private final Customer customer = newCustomer(Profile.LENIENT);

    @Test
    void records_areThoseOfTheCaller() throws Exception {
        assertThat(http().get("/hms/wv/token?" + query()).status()).isEqualTo(200);
        awaitRecords(1);
        Answer answer = http().get("/records?customerAuthenticator=" + customer.production());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("{\"records\":[{\"time\":\"").contains("\"code\":0");
        Answer refused = http().send("PUT", "/records", new byte[0]);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("GET");
        assertThat(refused.body()).isEqualTo("{\"code\":405,\"message\":\"[405] Method Not Allowed: use GET\"}");
    }

    @Test
    void refusalOverHttp_isRecorded_onceTheCallerIsKnown() throws Exception {
        assertThat(http().get("/hms/wv/token?kid=1").status()).isEqualTo(401);
        assertThat(http().get("/hms/wv/token?" + query() + "&cookie=" + "c".repeat(33))
                        .status())
                .isEqualTo(400);
        TokenRecord record = awaitRecords(1).get(0);
        assertThat(record.code()).isEqualTo(ErrorCode.INVALID_COOKIE.number());
        assertThat(record.cookie()).isEqualTo("c".repeat(33));
    }

    @Test
    void refusalOfAnItem_isRecorded_unlessItIsTriedAgain() {
        issue(Item.of("bad", parameters().add("cookie", "c".repeat(33))), Source.BATCH);
        TokenRecord record = awaitRecords(1).get(0);
        assertThat(record.requestId()).isEqualTo("bad");
        assertThat(record.source()).isEqualTo(TokenRecord.Source.BATCH);
    }

    @Test
    void answerThatABatchAsksForAgain_isNotRecorded() throws Exception {
        adviceWith(
                context,
                "token",
                route -> route.weaveById("await-records")
                        .replace()
                        .process(exchange -> {
                            throw TokenException.of(ErrorCode.ADMIN_ERROR);
                        })
                        .id("await-records"));
        issue(Item.of("asked again", parameters()), Source.BATCH);
        issue(Item.of("answered", parameters()), Source.STREAM);
        assertThat(awaitRecords(1)).extracting(TokenRecord::requestId).containsExactly("answered");
    }

    @Test
    void token_isRecordedLastOfAll_andWhatRefusesTheRecord_isNotRecorded() throws Exception {
        adviceWith(
                context,
                "token",
                route -> route.weaveById("record-token").before().to("mock:record"));
        MockEndpoint record = getMockEndpoint("mock:record");
        record.whenExchangeReceived(1, exchange -> {
            RequestContext.of(exchange, Issuance.class).setRecordDone();
            throw TokenException.of(ErrorCode.ADMIN_ERROR);
        });
        assertThat(http().get("/hms/wv/token?" + query()).status()).isEqualTo(503);
        assertThat(http().get("/hms/wv/token?" + query()).status()).isEqualTo(200);
        assertThat(awaitRecords(1)).extracting(TokenRecord::code).containsExactly(0);
    }

    private void issue(Item item, Source source) {
        template.send("direct:token-item", Issuance.ofItem(source, item)::begin);
    }

    private List<TokenRecord> awaitRecords(int count) {
        return RecordedAnswers.await(application().records(), customer.account(), count);
    }

    private String query() {
        return "customerAuthenticator=" + customer.production() + "&kid=%5Efilm&contentKey=" + KEY;
    }

    private Parameters parameters() {
        return new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", "^film")
                .add("contentKey", KEY);
    }

    private RawHttp http() throws IOException {
        return new RawHttp(context.hasService(HttpServers.class).port());
    }
}
