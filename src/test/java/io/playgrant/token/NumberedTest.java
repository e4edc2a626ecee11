package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NumberedTest {

    @Test
    void of_isTheOppositeOfNumber() {
        assertThat(SecurityLevel.values())
                .allSatisfy(
                        level -> assertThat(SecurityLevel.of(level.number())).isEqualTo(level));
        assertThat(HdcpOutputControl.values())
                .allSatisfy(
                        rule -> assertThat(HdcpOutputControl.of(rule.number())).isEqualTo(rule));
        assertThat(TrackType.values())
                .allSatisfy(type -> assertThat(TrackType.of(type.number())).isEqualTo(type));
    }

    @Test
    void number_isTheProtocols() {
        assertThat(SecurityLevel.values()).extracting(SecurityLevel::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(HdcpOutputControl.values())
                .extracting(HdcpOutputControl::number)
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(TrackType.values()).extracting(TrackType::number).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void of_refusesOtherNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityLevel.of(0))
                .withMessage("out of range: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> SecurityLevel.of(6));
        assertThatIllegalArgumentException().isThrownBy(() -> HdcpOutputControl.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> HdcpOutputControl.of(6));
        assertThatIllegalArgumentException().isThrownBy(() -> TrackType.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> TrackType.of(5));
    }
}
