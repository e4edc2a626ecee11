package io.playgrant.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorMessageTest {

    @Test
    void of_isCodeAndText() {
        assertThat(ErrorMessage.of(TokenException.of(ErrorCode.MISSING_AUTHENTICATOR)))
                .isEqualTo(new ErrorMessage(-2017, "[-2017] Authentication token must be supplied"));
    }

    @Test
    void of_hasTheDetails() {
        assertThat(ErrorMessage.of(TokenException.of(ErrorCode.NOT_FOUND, "there is nothing at this path")))
                .isEqualTo(new ErrorMessage(404, "[404] Not Found: there is nothing at this path"));
    }

    @Test
    void of_leavesTheReasonOut() {
        assertThat(ErrorMessage.of(TokenException.withReason(ErrorCode.INVALID_TOKEN, "the tag does not match")))
                .isEqualTo(new ErrorMessage(-4010, "[-4010] Invalid token"));
    }

    @Test
    void of_keepsTheCodeWhateverTheStatus() {
        assertThat(ErrorMessage.of(
                        TokenException.of(ErrorCode.KEY_STORAGE_FAILED).withStatus(503)))
                .isEqualTo(new ErrorMessage(-4019, "[-4019] Failed to get content key from key storage service"));
    }
}
