package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.Outcome;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Parameters;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code routes/token-item.camel.yaml}: one of many requests. */
class TokenItemRouteTest extends FlowTestSupport {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");

    private Customer customer;

    @Override
    public KeyLookup keyStorage() {
        return (account, environment, kid) -> {
            throw new StorageException("away", new IllegalStateException());
        };
    }

    @BeforeEach
    void createCustomer() {
        customer = newCustomer(Profile.STRICT);
    }

    @Test
    void token_isAResultWithItsId() {
        Outcome outcome = outcome(send(Item.of("a", request()), Source.BATCH));
        TokenResult result = outcome.result();
        assertThat(result.id()).isEqualTo("a");
        assertThat(result.licenseUrl()).startsWith("http://127.0.0.1:0/hms/wv/rights/?ExpressPlayToken=");
        assertThat(result.error()).isNull();
        assertThat(outcome.debtor()).isNull();
    }

    @Test
    void refusal_isAResultWithItsId() {
        TokenResult result = result(send(Item.of("a", request().add("cookie", "c".repeat(33))), Source.KAFKA));
        assertThat(result.id()).isEqualTo("a");
        assertThat(result.licenseUrl()).isNull();
        assertThat(error(result).code()).isEqualTo(ErrorCode.INVALID_COOKIE.number());
    }

    @Test
    void itemThatIsNoRequest_isRefusedAsItsReaderSaid() {
        TokenException refusal = TokenException.of(ErrorCode.BAD_REQUEST, "parameters are missing");
        TokenResult result = result(send(Item.refused(null, refusal), Source.KAFKA));
        assertThat(result.id()).isNull();
        assertThat(error(result).message()).isEqualTo("[400] Bad Request: parameters are missing");
    }

    @Test
    void whatIsChargedLater_isOwedByTheAccount_andTakesNothing() {
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1)));
        for (int i = 0; i < 3; i++) {
            assertThat(outcome(send(Item.of("a", request()), Source.KAFKA)).debtor())
                    .isEqualTo(customer.account());
        }
        assertThat(result(send(Item.of("a", request()), Source.BATCH)).error()).isNull();
    }

    @Test
    void whatIsChargedNow_isRefusedWithoutCredits() {
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1)));
        assertThat(result(send(Item.of("a", request()), Source.BATCH)).error()).isNull();
        assertThat(error(result(send(Item.of("b", request()), Source.BATCH))).message())
                .isEqualTo("[-2019] Insufficient tokens available: the account has no credits left");
    }

    @Test
    void failureOfTheService_isLeftToTheQueue_andIsAnAnswerElsewhere() {
        Parameters stored = new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", "^film")
                .add("kek", KEY)
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0");
        Exchange queued = send(Item.of("a", stored), Source.KAFKA);
        assertThat(queued.getException(TokenException.class).code()).isEqualTo(ErrorCode.KEY_STORAGE_FAILED);
        assertThat(error(result(send(Item.of("a", stored), Source.BATCH))).code())
                .isEqualTo(ErrorCode.KEY_STORAGE_FAILED.number());
    }

    @Test
    void rate_isForStreams_notForQueuesAndFiles() {
        application().accounts().change(customer.account(), AccountChange.rate(Limit.of(1)));
        for (int i = 0; i < 5; i++) {
            assertThat(result(send(Item.of("a", request()), Source.KAFKA)).error())
                    .isNull();
        }
        TokenException refusal = null;
        while (refusal == null) {
            refusal = send(Item.of("a", request()), Source.STREAM).getException(TokenException.class);
        }
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    }

    private Parameters request() {
        return new Parameters()
                .add("customerAuthenticator", customer.production())
                .add("kid", "^film")
                .add("contentKey", KEY)
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0");
    }

    private Exchange send(Item item, Source source) {
        return template.send("direct:token-item", Issuance.ofItem(source, item)::begin);
    }

    private static ErrorMessage error(TokenResult result) {
        return Objects.requireNonNull(result.error());
    }

    private static TokenResult result(Exchange answer) {
        return outcome(answer).result();
    }

    private static Outcome outcome(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return RequestContext.of(answer, Issuance.class).outcome();
    }
}
