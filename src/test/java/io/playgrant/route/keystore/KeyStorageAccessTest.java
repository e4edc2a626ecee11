package io.playgrant.route.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Account;
import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.http.HttpCall;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyStorageAccessTest {

    private static final String LEAK = secret("5ec4e75ec4e75ec4e75ec4e75ec4e701");

    private final KeyStorageAccess access = new KeyStorageAccess();

    @Test
    void operation_isDoneForTheCallersAccountAndEnvironment() {
        assertThat(access.perform(call(), call -> KeyAnswer.of(call.owner())).body())
                .isEqualTo(new Owner(1001, Environment.TEST));
    }

    @Test
    void storageOutOfReach_isAnInternalErrorThatPasses() {
        assertFails(
                new StorageException("away"),
                ErrorCode.KEYSTORE_INTERNAL_ERROR,
                503,
                "the key storage is out of reach, try again later");
        operation_isDoneForTheCallersAccountAndEnvironment();
    }

    @Test
    void unforeseenFailure_isAnInternalErrorThatTellsNothing() {
        assertFails(
                new IllegalStateException("about " + LEAK),
                ErrorCode.KEYSTORE_INTERNAL_ERROR,
                500,
                "the log tells more under id");
    }

    @Test
    void refusal_staysAsItIs() {
        assertFails(
                TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "why"),
                ErrorCode.KEYSTORE_INCORRECT_KEK,
                400,
                "why");
    }

    private void assertFails(RuntimeException failure, ErrorCode code, int status, String details) {
        assertThatThrownBy(() -> access.perform(call(), call -> {
                    throw failure;
                }))
                .isInstanceOfSatisfying(TokenException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.status()).isEqualTo(status);
                    assertThat(refusal.details()).isEqualTo(details);
                });
    }

    private static KeyCall call() {
        KeyCall call = new KeyCall(
                "id",
                Origin.internal(),
                "GET",
                "/keystore/keys",
                new Parameters(),
                new HttpCall.Body(HttpCall.Body.State.UNREAD, new byte[0]));
        Account account =
                new Account(1001, "N", Profile.STRICT, true, true, List.of(), Limit.NONE, Limit.NONE, 1, List.of());
        call.setCaller(new Caller(account, Environment.TEST));
        return call;
    }
}
