package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseTokenTest {

    private static final String RIGHTS = "http://localhost:8080/hms/wv/rights/";

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/hms/wv/rights/, false, http://localhost:8080/hms/wv/rights/?ExpressPlayToken=abc",
        "http://localhost:8080/hms/wv/rights/, true, https://localhost:8080/hms/wv/rights/?ExpressPlayToken=abc",
        "https://localhost/hms/wv/rights/, false, https://localhost/hms/wv/rights/?ExpressPlayToken=abc",
        "https://localhost/hms/wv/rights/, true, https://localhost/hms/wv/rights/?ExpressPlayToken=abc"
    })
    void url_hasTheTokenAndTheSchemeThatWasAskedFor(String rightsUrl, boolean https, String url) {
        assertThat(token("abc").url(rightsUrl, https)).isEqualTo(url);
    }

    @Test
    void url_has3900CharactersAtMost() {
        int prefix = (RIGHTS + "?ExpressPlayToken=").length();

        assertThat(token("x".repeat(3_900 - prefix)).url(RIGHTS, false)).hasSize(3_900);
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> token("x".repeat(3_901 - prefix)).url(RIGHTS, false))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_WV_EXTENSION);
                    assertThat(refusal.details())
                            .isEqualTo("the licence URL would have 3901 characters, 3900 are allowed");
                });
    }

    @Test
    void url_countsTheCharacterOfHttps() {
        int prefix = (RIGHTS + "?ExpressPlayToken=").length();
        LicenseToken token = token("x".repeat(3_900 - prefix));

        assertThatExceptionOfType(TokenException.class).isThrownBy(() -> token.url(RIGHTS, true));
    }

    @Test
    void toString_hidesTheToken() {
        assertThat(token("abc").toString()).startsWith("LicenseToken[Claims[").doesNotContain("abc");
    }

    private static LicenseToken token(String value) {
        return new LicenseToken(SampleTokens.minimalClaims(), value);
    }
}
