package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void get_keepsTheValuesInOrder() {
        Parameters parameters = new Parameters().add("a", "1").add("b", "2").add("a", "0");

        assertThat(parameters.get("a")).isEqualTo(new Parameter("a", List.of("1", "0"), false));
        assertThat(parameters.names()).containsExactly("a", "b");
    }

    @Test
    void get_namesAreCaseSensitive() {
        assertThat(new Parameters().add("Kid", "1").get("kid")).isEqualTo(Parameter.absent("kid"));
    }

    @Test
    void namesInBrackets_areTheSameParameter_inTheOrderOfTheRequest() {
        Parameters parameters = new Parameters()
                .add("wvExtension[1]", "b")
                .add("wvExtension", "c")
                .add("wvExtension[0]", "a")
                .add("wvExtension[]", "")
                .addMalformed("cookie[]");

        assertThat(parameters.get("wvExtension").values()).containsExactly("b", "c", "a");
        assertThat(parameters.get("cookie").malformed()).isTrue();
        assertThat(parameters.names()).containsExactly("wvExtension", "cookie");
    }

    @Test
    void add_leavesAnEmptyValueOut() {
        Parameters parameters = new Parameters().add("a", "").add("b", "").add("b", "1");

        assertThat(parameters.get("a").isAbsent()).isTrue();
        assertThat(parameters.get("b").value()).isEqualTo("1");
        assertThat(parameters.names()).containsExactly("b");
    }

    @Test
    void addMalformed_isNeitherAbsentNorSingle() {
        Parameters parameters = new Parameters().add("a", "1").addMalformed("a").addMalformed("b");

        assertThat(parameters.get("a")).isEqualTo(new Parameter("a", List.of("1"), true));
        assertThat(parameters.get("b")).isEqualTo(new Parameter("b", List.of(), true));
        assertThat(parameters.get("c")).isEqualTo(Parameter.absent("c"));
        assertThat(parameters.names()).containsExactly("a", "b");
    }

    @Test
    void get_givesValuesThatCannotBeChanged() {
        List<String> values = new Parameters().add("a", "1").get("a").values();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> values.add("2"));
    }

    @Test
    void toString_neverShowsAValue() {
        assertThat(new Parameters().add("kek", "hidden").add("ek", "hidden").addMalformed("kid"))
                .hasToString("[kek, ek, kid]");
    }
}
