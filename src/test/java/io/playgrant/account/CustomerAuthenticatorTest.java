package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.RepeatableRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void parse_takesWhatItsPatternMatches() {
        Pattern pattern = Pattern.compile("([1-9][0-9]{0,17}),([0-9a-fA-F]{32})");
        List<String> parts =
                List.of("0", "1", "12345678", ",", ",", "-", "+", " ", "\u0661", "g", HEX, HEX.substring(1));
        Random random = new Random(13);
        for (int sample = 0; sample < 20_000; sample++) {
            String text = IntStream.range(0, random.nextInt(6))
                    .mapToObj(part -> parts.get(random.nextInt(parts.size())))
                    .collect(Collectors.joining());
            Matcher matcher = pattern.matcher(text);
            Optional<CustomerAuthenticator> parsed = CustomerAuthenticator.parse(text);

            assertThat(parsed.isPresent()).isEqualTo(matcher.matches());
            parsed.ifPresent(authenticator -> {
                assertThat(authenticator.account()).isEqualTo(Long.parseLong(matcher.group(1)));
                assertThat(authenticator.secret()).isEqualTo(HexFormat.of().parseHex(matcher.group(2)));
            });
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
