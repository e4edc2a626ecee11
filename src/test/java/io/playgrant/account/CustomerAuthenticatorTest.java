package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.RepeatableRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CustomerAuthenticatorTest {

    private static final String HEX = secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0");

    @Test
    void parse_readsNumberAndSecret() {
        CustomerAuthenticator parsed =
                CustomerAuthenticator.parse("1001," + HEX).orElseThrow();
        assertThat(parsed.account()).isEqualTo(1001);
        assertThat(parsed.secret()).isEqualTo(HexFormat.of().parseHex(HEX));
    }

    @Test
    void parse_takesEitherCase() {
        String upper = secret(HEX.toUpperCase(Locale.ROOT));
        assertThat(CustomerAuthenticator.parse("1," + upper).orElseThrow().secret())
                .isEqualTo(HexFormat.of().parseHex(HEX));
    }

    @Test
    void parse_takesNumbersOf18DigitsAtMost() {
        assertThat(CustomerAuthenticator.parse("9".repeat(18) + "," + HEX)
                        .orElseThrow()
                        .account())
                .isEqualTo(999_999_999_999_999_999L);
        assertThat(CustomerAuthenticator.parse("9".repeat(19) + "," + HEX)).isEmpty();
        assertThat(CustomerAuthenticator.parse("0," + HEX)).isEmpty();
        assertThat(CustomerAuthenticator.parse("01," + HEX)).isEmpty();
    }

    @Test
    void parse_refusesEveryOtherLengthOfTheSecret() {
        for (int digits = 0; digits <= 66; digits++) {
            assertThat(CustomerAuthenticator.parse("1001," + "a".repeat(digits)).isPresent())
                    .isEqualTo(digits == 32);
        }
    }

    @Test
    void reveal_isWhatParseReads() {
        CustomerAuthenticator drawn = CustomerAuthenticator.draw(1001, new RepeatableRandom(7));
        String text = drawn.reveal();
        secret(text.substring("1001,".length()));
        assertThat(text).matches("1001,[0-9a-f]{32}");
        assertThat(CustomerAuthenticator.parse(text).orElseThrow().secret()).isEqualTo(drawn.secret());
    }

    @Test
    void draw_givesANewSecretEachTime() {
        RepeatableRandom random = new RepeatableRandom(8);
        CustomerAuthenticator one = CustomerAuthenticator.draw(1001, random);
        CustomerAuthenticator two = CustomerAuthenticator.draw(1001, random);
        secret(HexFormat.of().formatHex(one.secret()));
        secret(HexFormat.of().formatHex(two.secret()));
        assertThat(one.secret()).hasSize(16).isNotEqualTo(two.secret());
    }

    @Test
    void toString_isTheNumberOnly() {
        assertThat(CustomerAuthenticator.parse("1001," + HEX).orElseThrow()).hasToString("1001,***");
    }
}
