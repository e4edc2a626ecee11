package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.token.WvExtension.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WvExtensionTest {

    @Test
    void parse_readsTypeAndPayload() {
        WvExtension extension = WvExtension.parse("pssh,AAEC/w==");

        assertThat(extension).isEqualTo(new WvExtension("pssh", "AAEC/w=="));
        assertThat(extension.payloadBytes()).containsExactly(0, 1, 2, 0xff);
    }

    @Test
    void parse_takesTheFirstCommaAsTheEndOfTheType() {
        assertThat(WvExtension.parse("a b\u00e9,AAAA").type()).isEqualTo("a b\u00e9");
    }

    @Test
    void of_writesThePayloadWithPadding() {
        assertThat(WvExtension.of("abcd", new byte[] {0, 0}).payload()).isEqualTo("AAA=");
    }

    @ParameterizedTest
    @CsvSource({
        "'abcd,AAAA', true, true, true, true",
        "'abcd', false, true, true, true",
        "'abcd,', false, true, true, true",
        "'abc,AAAA', true, false, true, true",
        "',AAAA', true, false, true, true",
        "'abcd,A', true, true, false, true",
        "'abcd,AA AA', true, true, false, true",
        "'abcd,AA,AA', true, true, false, true",
        "'abcd,AA_-', true, true, false, true",
        "',', false, false, true, true"
    })
    void part_looksAtItselfOnly(String value, boolean hasValue, boolean hasType, boolean hasPayload, boolean inLimits) {
        Parameter parameter = new Parameter("wvExtension", List.of(value), false);

        assertThat(Part.VALUE.isValid(parameter)).isEqualTo(hasValue);
        assertThat(Part.TYPE.isValid(parameter)).isEqualTo(hasType);
        assertThat(Part.PAYLOAD.isValid(parameter)).isEqualTo(hasPayload);
        assertThat(Part.LIMITS.isValid(parameter)).isEqualTo(inLimits);
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void part_isRightWhenThereIsNoExtension(Part part) {
        assertThat(part.isValid(Parameter.absent("wvExtension"))).isTrue();
    }

    @Test
    void part_looksAtEveryValue() {
        Parameter parameter = new Parameter("wvExtension", List.of("abcd,AAAA", "abc,*"), false);

        assertThat(Part.TYPE.isValid(parameter)).isFalse();
        assertThat(Part.PAYLOAD.isValid(parameter)).isFalse();
    }

    @Test
    void limits_sixteenExtensions() {
        assertThat(Part.LIMITS.isValid(extensions(16))).isTrue();
        assertThat(Part.LIMITS.isValid(extensions(17))).isFalse();
    }

    @Test
    void limits_noControlCharacterInAType() {
        assertThat(Part.LIMITS.isValid(new Parameter("wvExtension", List.of("ab\u0000d,AAAA"), false)))
                .isFalse();
    }

    @Test
    void limits_wellFormed() {
        assertThat(Part.LIMITS.isValid(new Parameter("wvExtension", List.of("abcd,AAAA"), true)))
                .isFalse();
    }

    private static Parameter extensions(int count) {
        List<String> values =
                IntStream.range(0, count).mapToObj(n -> "abcd,AAAA").toList();
        return new Parameter("wvExtension", values, false);
    }
}
