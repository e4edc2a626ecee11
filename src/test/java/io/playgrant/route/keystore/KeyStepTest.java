package io.playgrant.route.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Account;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class KeyStepTest {

    private static final String LEAK = secret("5ec4e75ec4e75ec4e75ec4e75ec4e701");

    private final DatabaseBulkhead storage = new DatabaseBulkhead();

    @Test
    void operation_isDoneForTheCallersAccountAndEnvironment() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = exchange(context);
            step((owner, call) -> KeyAnswer.of(owner)).process(exchange);
            assertThat(exchange.getMessage().getBody()).isEqualTo(new Owner(1001, Environment.TEST));
        }
    }

    @Test
    void storageOutOfReach_isAnInternalErrorThatPasses() throws Exception {
        assertFails(
                new StorageException("away"),
                ErrorCode.KEYSTORE_INTERNAL_ERROR,
                503,
                "the key storage is out of reach, try again later");
        operation_isDoneForTheCallersAccountAndEnvironment();
    }

    @Test
    void unforeseenFailure_isAnInternalErrorThatTellsNothing() throws Exception {
        assertFails(
                new IllegalStateException("about " + LEAK),
                ErrorCode.KEYSTORE_INTERNAL_ERROR,
                500,
                "the log tells more under id");
    }

    @Test
    void refusal_staysAsItIs() throws Exception {
        assertFails(
                TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "why"),
                ErrorCode.KEYSTORE_INCORRECT_KEK,
                400,
                "why");
    }

    private KeyStep step(KeyStep.Operation operation) {
        return new KeyStep(operation, storage);
    }

    private void assertFails(RuntimeException failure, ErrorCode code, int status, String details) throws Exception {
        KeyStep step = step((owner, call) -> {
            throw failure;
        });
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = exchange(context);
            assertThatThrownBy(() -> step.process(exchange)).isInstanceOfSatisfying(TokenException.class, refusal -> {
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal.status()).isEqualTo(status);
                assertThat(refusal.details()).isEqualTo(details);
            });
        }
    }

    private static Exchange exchange(DefaultCamelContext context) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(FlowProperties.REQUEST_ID, "id");
        Account account =
                new Account(1001, "N", Profile.STRICT, true, true, List.of(), Limit.NONE, Limit.NONE, 1, List.of());
        FlowProperties.setCaller(exchange, new Caller(account, Environment.TEST));
        return exchange;
    }
}
