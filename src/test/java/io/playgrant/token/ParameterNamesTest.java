package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** PHP's http_build_query, Ruby's to_query, jQuery's param and qs write lists and objects so. */
    @ParameterizedTest
    @CsvSource({
        "wvExtension[], wvExtension",
        "wvExtension[0], wvExtension",
        "wvExtension[15], wvExtension",
        "wvExtension[first], wvExtension",
        "wvExtension[0][], wvExtension",
        "useHttps[], useHttps",
        "maxRedemptions[], maxRedemptions",
        "maxRedemptions[0], maxRedemptions",
        "rental[playDuration], rental.playDuration",
        "rental[periodEndTime][], rental.periodEndTime",
        "rental.playDuration[0], rental.playDuration",
        "kid[0], kid.0",
        "contentKey[15], contentKey.15",
        "securityLevel[16], securityLevel.16",
        "trackType[00], trackType.00",
        "kid.0[], kid.0",
        "kid[], kid",
        "securityLevel[hd], securityLevel"
    })
    void bracketsAfterAKnownName_areTheProtocols(String name, String canonical) {
        assertThat(ParameterNames.canonical(name)).isEqualTo(canonical);
        assertThat(ParameterNames.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[0]",
                "wvExtension[",
                "wvExtension]",
                "wvExtension[0",
                "foreign[0]",
                "rental[]",
                "rental[x]",
                "KID[0]"
            })
    void otherNames_stayAsTheyAre(String name) {
        assertThat(ParameterNames.canonical(name)).isEqualTo(name);
        assertThat(ParameterNames.isKnown(name)).isFalse();
    }

    @Test
    void find_returnsEachNameItselfWhereverItStands() {
        assertThat(ParameterNames.all())
                .hasSize(26 + 7 * 16)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> {
                    byte[] text = ("&" + name + "=").getBytes(StandardCharsets.US_ASCII);
                    assertThat(ParameterNames.find(text, 1, text.length - 1)).isSameAs(name);
                    assertThat(ParameterNames.isKnown(name)).isTrue();
                });
    }

    @Test
    void find_ofAnythingElseIsNull() {
        Set<String> names = ParameterNames.all().collect(Collectors.toSet());
        Random random = new Random(13);
        for (String name : names) {
            for (int change = 0; change < 100; change++) {
                byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
                text[random.nextInt(text.length)] = (byte) random.nextInt();
                int end = text.length - random.nextInt(2);
                String changed = new String(text, 0, end, StandardCharsets.ISO_8859_1);

                assertThat(ParameterNames.find(text, 0, end)).isEqualTo(names.contains(changed) ? changed : null);
            }
        }
        assertThat(ParameterNames.find(new byte[0], 0, 0)).isNull();
    }

    @Test
    void others_areNot() {
        for (String name : List.of("", "id", "KID", "cookie.0", "kid.", "kid[0", "id[]")) {
            assertThat(ParameterNames.isKnown(name)).as(name).isFalse();
        }
    }
}
