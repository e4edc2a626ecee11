package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {

    private static final Parameter ABSENT = Parameter.absent("kek");
    private static final Parameter SINGLE = new Parameter("kek", List.of("hidden"), false);
    private static final Parameter TWICE = new Parameter("kek", List.of("hidden", "hidden"), false);
    private static final Parameter MALFORMED = new Parameter("kek", List.of(), true);
    private static final Parameter SINGLE_AND_MALFORMED = new Parameter("kek", List.of("hidden"), true);

    @Test
    void isAbsent_onlyWhenNothingCame() {
        assertThat(List.of(ABSENT, SINGLE, TWICE, MALFORMED, SINGLE_AND_MALFORMED))
                .filteredOn(Parameter::isAbsent)
                .containsExactly(ABSENT);
    }

    @Test
    void isSingle_onlyWhenOneValueCameThatCouldBeDecoded() {
        assertThat(List.of(ABSENT, SINGLE, TWICE, MALFORMED, SINGLE_AND_MALFORMED))
                .filteredOn(Parameter::isSingle)
                .containsExactly(SINGLE);
    }

    @Test
    void value_isTheOnlyOne() {
        assertThat(SINGLE.value()).isEqualTo("hidden");
        for (Parameter parameter : List.of(ABSENT, TWICE, MALFORMED, SINGLE_AND_MALFORMED)) {
            assertThatIllegalStateException().isThrownBy(parameter::value).withMessage("kek has no single value");
        }
    }

    @Test
    void intValue_ofANumber() {
        assertThat(new Parameter("trackType", List.of("4"), false).intValue()).isEqualTo(4);
    }

    @Test
    void index_isTheNumberAfterTheDot() {
        assertThat(Parameter.absent("kid.12").index()).isEqualTo(12);
        assertThat(Parameter.absent("kid").index()).isZero();
        assertThat(Parameter.absent("rental.playDuration").index()).isZero();
    }

    @Test
    void toString_neverShowsAValue() {
        assertThat(ABSENT).hasToString("kek (absent)");
        for (Parameter parameter : List.of(SINGLE, TWICE, MALFORMED, SINGLE_AND_MALFORMED)) {
            assertThat(parameter).hasToString("kek=***");
        }
    }

    @Test
    void equals_comparesAll() {
        assertThat(SINGLE)
                .isEqualTo(new Parameter("kek", List.of("hidden"), false))
                .hasSameHashCodeAs(new Parameter("kek", List.of("hidden"), false))
                .isNotEqualTo(new Parameter("ek", List.of("hidden"), false))
                .isNotEqualTo(TWICE)
                .isNotEqualTo(SINGLE_AND_MALFORMED);
    }
}
