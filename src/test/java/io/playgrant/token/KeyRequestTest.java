package io.playgrant.token;

import static io.playgrant.token.SampleRequest.CONTENT_KEY;
import static io.playgrant.token.SampleRequest.EK;
import static io.playgrant.token.SampleRequest.KEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRequestTest {

    @ParameterizedTest
    @CsvSource({
        "false, false, false, HELD",
        "true, false, false, CLEAR",
        "false, true, false, STORED",
        "false, true, true, WRAPPED",
        "false, false, true, WITHOUT_KEK",
        "true, true, false, AMBIGUOUS",
        "true, false, true, AMBIGUOUS",
        "true, true, true, AMBIGUOUS"
    })
    void material_ofEveryCombination(boolean contentKey, boolean kek, boolean ek, KeyMaterial material) {
        SampleRequest plain = SampleRequest.empty()
                .with("contentKey", contentKey ? CONTENT_KEY : "")
                .with("kek", kek ? KEK : "")
                .with("ek", ek ? EK : "");
        SampleRequest indexed = SampleRequest.empty()
                .with("kid.0", SampleRequest.KID)
                .with("contentKey.0", contentKey ? CONTENT_KEY : "")
                .with("kek", kek ? KEK : "")
                .with("ek.0", ek ? EK : "");

        assertThat(KeyRequest.plain(plain.parameters()).material()).isEqualTo(material);
        assertThat(KeyRequest.indexed(indexed.parameters(), 0).material()).isEqualTo(material);
    }

    @Test
    void material_ofEachKeyIsItsOwn() {
        Parameters parameters = SampleRequest.empty()
                .with("contentKey.0", CONTENT_KEY)
                .with("kek.1", KEK)
                .with("ek.1", EK)
                .with("kek.2", KEK)
                .parameters();

        assertThat(KeyRequest.indexed(parameters, 0).material()).isEqualTo(KeyMaterial.CLEAR);
        assertThat(KeyRequest.indexed(parameters, 1).material()).isEqualTo(KeyMaterial.WRAPPED);
        assertThat(KeyRequest.indexed(parameters, 2).material()).isEqualTo(KeyMaterial.STORED);
    }

    @Test
    void indexed_takesItsOwnValueBeforeTheDefault() {
        Parameters parameters = SampleRequest.empty()
                .with("securityLevel", "3")
                .with("securityLevel.1", "5")
                .parameters();

        assertThat(KeyRequest.indexed(parameters, 0).securityLevel())
                .isEqualTo(new Parameter("securityLevel", List.of("3"), false));
        assertThat(KeyRequest.indexed(parameters, 1).securityLevel())
                .isEqualTo(new Parameter("securityLevel.1", List.of("5"), false));
    }

    @Test
    void indexed_everyParameterHasADefault() {
        Parameters parameters = SampleRequest.plain()
                .with("kek", KEK)
                .with("ek", EK)
                .with("trackType", "2")
                .parameters();

        assertThat(KeyRequest.indexed(parameters, 7)).isEqualTo(KeyRequest.plain(parameters));
    }

    @Test
    void indexed_anAbsentParameterHasItsIndexInItsName() {
        KeyRequest request = KeyRequest.indexed(new Parameters(), 3);

        assertThat(request.kid()).isEqualTo(Parameter.absent("kid.3"));
        assertThat(request.trackType()).isEqualTo(Parameter.absent("trackType.3"));
    }

    @Test
    void indexed_aMalformedValueIsNotReplacedByTheDefault() {
        Parameters parameters = SampleRequest.empty()
                .with("securityLevel", "3")
                .malformed("securityLevel.0")
                .parameters();

        assertThat(KeyRequest.indexed(parameters, 0).securityLevel().name()).isEqualTo("securityLevel.0");
        assertThat(KeyRequest.indexed(parameters, 0).securityLevel().isSingle()).isFalse();
    }

    @Test
    void toString_showsNoValue() {
        assertThat(KeyRequest.plain(SampleRequest.plain().parameters())).hasToString("KeyRequest[kid=***]");
    }
}
