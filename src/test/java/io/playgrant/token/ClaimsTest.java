package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T13:00:00Z");

    @Test
    void invalidReason_isEmptyUntilTheEnd() {
        Claims claims = claims(null);

        assertThat(claims.invalidReason(Instant.EPOCH)).isEmpty();
        assertThat(claims.invalidReason(END.minusNanos(1))).isEmpty();
    }

    @Test
    void invalidReason_fromTheEndOn() {
        Claims claims = claims(START);

        assertThat(claims.invalidReason(END)).isEqualTo("expired at 2026-03-01T13:00:00Z");
        assertThat(claims.invalidReason(END.plusSeconds(1))).isEqualTo("expired at 2026-03-01T13:00:00Z");
    }

    @Test
    void invalidReason_beforeTheStart() {
        Claims claims = claims(START);

        assertThat(claims.invalidReason(START.minusNanos(1))).isEqualTo("not redeemable before 2026-03-01T12:00:00Z");
        assertThat(claims.invalidReason(START)).isEmpty();
    }

    @Test
    void lists_areCopied() {
        List<TokenKey> keys = new ArrayList<>(SampleTokens.keys(1));
        List<WvExtension> extensions = new ArrayList<>();
        Claims claims = new ClaimsBuilder().keys(keys).extensions(extensions).build();

        keys.clear();
        extensions.add(WvExtension.of("abcd", new byte[1]));

        assertThat(claims.keys()).hasSize(1);
        assertThat(claims.extensions()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> claims.keys().clear());
    }

    @Test
    void toString_hidesTheContentKeys() {
        assertThat(SampleTokens.fullClaims().toString())
                .contains(SampleRequest.kid(0))
                .doesNotContain(SampleRequest.contentKey(0))
                .contains("contentKey=***");
    }

    private static Claims claims(@Nullable Instant notBefore) {
        return new ClaimsBuilder()
                .issuedAt(START)
                .expiresAt(END)
                .notBefore(notBefore)
                .build();
    }
}
