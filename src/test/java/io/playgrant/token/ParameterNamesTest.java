package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterNamesTest {

    @Test
    void everyParameter_isKnown() throws Exception {
        TokenRequest request = TokenRequest.of(new Parameters());
        for (Record read : List.of(request, request.keys().get(0))) {
            for (RecordComponent component : read.getClass().getRecordComponents()) {
                if (component.getAccessor().invoke(read) instanceof Parameter parameter) {
                    assertThat(ParameterNames.isKnown(parameter.name()))
                            .as(parameter.name())
                            .isTrue();
                }
            }
        }
        assertThat(ParameterNames.isKnown("kid.15")).isTrue();
    }

    @Test
    void others_areNot() {
        for (String name : List.of("", "id", "KID", "cookie.0", "kid.")) {
            assertThat(ParameterNames.isKnown(name)).as(name).isFalse();
        }
    }
}
