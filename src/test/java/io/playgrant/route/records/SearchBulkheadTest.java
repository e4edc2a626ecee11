package io.playgrant.route.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SearchBulkheadTest {

    private final SearchBulkhead places = new SearchBulkhead();

    @Test
    void anAccount_hasTwoPlaces() {
        places.enter(1001);
        places.enter(1001);
        assertRefused(() -> places.enter(1001), ErrorCode.TOO_MANY_REQUESTS);
        places.enter(1002);
        places.leave(1001);
        places.enter(1001);
        assertRefused(() -> places.enter(1001), ErrorCode.TOO_MANY_REQUESTS);
    }

    @Test
    void all_haveFourPlaces() {
        for (long account = 1001; account <= 1004; account++) {
            places.enter(account);
        }
        assertRefused(() -> places.enter(1005), ErrorCode.SERVICE_UNAVAILABLE);
        places.leave(1004);
        places.enter(1005);
    }

    private static void assertRefused(ThrowingCallable entering, ErrorCode code) {
        assertThatThrownBy(entering).isInstanceOfSatisfying(TokenException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        });
    }
}
