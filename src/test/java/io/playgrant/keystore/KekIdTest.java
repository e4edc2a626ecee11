package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.contentkey.Kek;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KekIdTest {

    private static final Kek KEK = Kek.ofHex(secret("000102030405060708090a0b0c0d0e0f"));
    private static final String NAME = "#1.afe008a381bdac03b412a92d54b92ddf";

    @Test
    void name_isTheHashOfTheDigits_section6() {
        assertThat(KekId.of(KEK)).startsWith(NAME).matches("#1\\.[0-9a-f]{40}");
    }

    @Test
    void name_fitsInEitherCase_andAsItsFirst32Digits() {
        assertThat(KekId.fits(KekId.of(KEK), KEK)).isTrue();
        assertThat(KekId.fits(KekId.of(KEK).toUpperCase(Locale.ROOT), KEK)).isTrue();
        assertThat(KekId.fits(NAME, KEK)).isTrue();
        assertThat(KekId.fits(NAME.toUpperCase(Locale.ROOT), KEK)).isTrue();
    }

    @Test
    void otherName_doesNotFit() {
        assertThat(KekId.fits("#1." + "0".repeat(40), KEK)).isFalse();
        assertThat(KekId.fits(NAME.substring(0, NAME.length() - 1), KEK)).isFalse();
        assertThat(KekId.fits(NAME + "0", KEK)).isFalse();
    }

    @Test
    void nameOfTheClientsOwn_fitsAnything() {
        assertThat(KekId.fits("my-kek-id-1", KEK)).isTrue();
    }
}
