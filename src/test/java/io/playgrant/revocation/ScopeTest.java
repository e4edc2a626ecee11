package io.playgrant.revocation;

import static io.playgrant.revocation.SampleClaims.FILM;
import static io.playgrant.revocation.SampleClaims.ID;
import static io.playgrant.revocation.SampleClaims.NOW;
import static io.playgrant.revocation.SampleClaims.TRAILER;
import static io.playgrant.revocation.SampleClaims.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.Claims;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final String OTHER_ID = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    @Test
    void tokenScope_coversThatToken() {
        Scope scope = Scope.ofToken(token());
        assertThat(scope).isEqualTo(new Scope(ID, null, 1001L, Environment.PRODUCTION, null));
        assertThat(scope.covers(token())).isTrue();
        assertThat(scope.covers(token(OTHER_ID, 1001, Environment.PRODUCTION, NOW, FILM)))
                .isFalse();
        assertThat(Scope.ofTokenId(ID).covers(token())).isTrue();
        assertThat(Scope.ofTokenId(OTHER_ID).covers(token())).isFalse();
    }

    @Test
    void keyScope_coversTokensThatHoldTheKey() {
        Claims both = token(ID, 1001, Environment.PRODUCTION, NOW, TRAILER, FILM);
        Scope scope = new Scope(null, FILM, null, null, null);
        assertThat(scope.covers(token())).isTrue();
        assertThat(scope.covers(both)).isTrue();
        assertThat(scope.covers(token(ID, 1002, Environment.TEST, NOW, FILM))).isTrue();
        assertThat(scope.covers(token(ID, 1001, Environment.PRODUCTION, NOW, TRAILER)))
                .isFalse();
    }

    @Test
    void accountScope_coversTokensOfTheAccount() {
        Scope scope = new Scope(null, null, 1001L, null, null);
        assertThat(scope.covers(token())).isTrue();
        assertThat(scope.covers(token(ID, 1001, Environment.TEST, NOW, TRAILER)))
                .isTrue();
        assertThat(scope.covers(token(ID, 1002, Environment.PRODUCTION, NOW, FILM)))
                .isFalse();
    }

    @Test
    void allThatIsNamed_mustBeTrue() {
        Scope scope = new Scope(null, FILM, 1001L, Environment.TEST, NOW);
        assertThat(scope.covers(token(ID, 1001, Environment.TEST, NOW.minusSeconds(1), FILM)))
                .isTrue();
        assertThat(scope.covers(token(ID, 1001, Environment.TEST, NOW, FILM))).isFalse();
        assertThat(scope.covers(token(ID, 1001, Environment.TEST, NOW.minusSeconds(1), TRAILER)))
                .isFalse();
        assertThat(scope.covers(token(ID, 1002, Environment.TEST, NOW.minusSeconds(1), FILM)))
                .isFalse();
        assertThat(scope.covers(token(ID, 1001, Environment.PRODUCTION, NOW.minusSeconds(1), FILM)))
                .isFalse();
    }

    @Test
    void end_isThatOfTheLongestTokens() {
        assertThat(new Scope(null, FILM, null, null, NOW.minusSeconds(60)).end(NOW))
                .isEqualTo(NOW.minusSeconds(60).plus(Duration.ofDays(30)));
        assertThat(Scope.ofTokenId(ID).end(NOW))
                .isEqualTo(NOW.plus(Duration.ofDays(30)).plus(Duration.ofHours(1)));
    }

    @Test
    void nothing_isNoScope() {
        assertThatThrownBy(() -> new Scope(null, null, null, Environment.TEST, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a revocation needs a token, a key or an account");
    }

    @Test
    void text_namesWhatItAsksFor() {
        assertThat(Scope.ofTokenId(ID)).hasToString("token=" + ID);
        assertThat(new Scope(null, KeyId.ofHex(ID), 1001L, Environment.TEST, NOW))
                .hasToString("kid=" + ID + " account=1001 environment=test issuedBefore=2026-11-23T12:00:00Z");
    }
}
