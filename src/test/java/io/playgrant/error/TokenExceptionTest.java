package io.playgrant.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenExceptionTest {

    @Test
    void of_isTheDocumentedText() {
        TokenException refusal = TokenException.of(ErrorCode.MISSING_AUTHENTICATOR);
        assertThat(refusal).hasMessage("[-2017] Authentication token must be supplied");
        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_AUTHENTICATOR);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.details()).isEmpty();
        assertThat(refusal.reason()).isEmpty();
    }

    @Test
    void of_putsDetailsAfterAColon() {
        TokenException refusal = TokenException.of(ErrorCode.INVALID_COOKIE, "33 characters, 32 are allowed");
        assertThat(refusal).hasMessage("[-2033] Invalid cookie: 33 characters, 32 are allowed");
        assertThat(refusal.details()).isEqualTo("33 characters, 32 are allowed");
        assertThat(refusal.reason()).isEmpty();
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void withReason_keepsTheReasonFromTheClient() {
        TokenException refusal = TokenException.withReason(ErrorCode.INVALID_TOKEN, "the tag does not match");
        assertThat(refusal).hasMessage("[-4010] Invalid token");
        assertThat(refusal.details()).isEmpty();
        assertThat(refusal.reason()).isEqualTo("the tag does not match");
        assertThat(refusal.status()).isEqualTo(401);
    }

    @Test
    void withStatus_changesTheStatusOnly() {
        TokenException refusal =
                TokenException.of(ErrorCode.KEY_STORAGE_FAILED, "out of reach").withStatus(503);
        assertThat(refusal).hasMessage("[-4019] Failed to get content key from key storage service: out of reach");
        assertThat(refusal.code()).isEqualTo(ErrorCode.KEY_STORAGE_FAILED);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.details()).isEqualTo("out of reach");
        assertThat(TokenException.withReason(ErrorCode.INVALID_TOKEN, "a reason")
                        .withStatus(403)
                        .reason())
                .isEqualTo("a reason");
    }

    @Test
    void retryAfter_changesNothingElse() {
        TokenException refusal =
                TokenException.of(ErrorCode.ADMIN_ERROR, "out of reach").withStatus(429);
        assertThat(refusal.retryAfter()).isEmpty();
        TokenException later = refusal.retryAfter(Duration.ofSeconds(2));
        assertThat(later.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(later.withStatus(503).retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(later).hasMessage("[-2030] ExpressPlay Admin error: out of reach");
        assertThat(later.status()).isEqualTo(429);
        assertThat(later.details()).isEqualTo("out of reach");
    }

    @Test
    void everyCode_hasItsUsualStatusAndMessage() {
        for (ErrorCode code : ErrorCode.values()) {
            TokenException refusal = TokenException.of(code);
            assertThat(refusal.status()).isEqualTo(code.httpStatus());
            assertThat(refusal).hasMessage("[" + code.number() + "] " + code.text());
        }
    }

    @Test
    void refusals_haveNoStackTrace() {
        TokenException refusal = TokenException.of(ErrorCode.INVALID_TOKEN);
        refusal.addSuppressed(new IllegalStateException());
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal).hasNoCause().hasNoSuppressedExceptions();
    }
}
