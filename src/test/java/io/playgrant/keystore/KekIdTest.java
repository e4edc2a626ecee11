package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.contentkey.Kek;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Of the digits in lower case and in upper case, of the bytes as Bento4 does it, and of the bytes without the salt. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#1.cbef4029c53898ad51e6718e832b871396a38fea",
                "#1.8c2e4ce69a2c9b089c5e2e84e887e35ca21f5451",
                "#1.2bd3146de0d3087a73778d89806a3f5412c23f96",
                "#1.2f226638c66f509311f5f5cbbfc8f4b2f2927fb6"
            })
    void hashOfTheDigitsInEitherCase_orOfTheBytes_fits(String name) {
        Kek kek = Kek.ofHex(secret("a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"));
        assertThat(KekId.fits(name, kek)).isTrue();
        assertThat(KekId.fits(name.substring(0, 35), kek)).isTrue();
        assertThat(KekId.fits(name.toUpperCase(Locale.ROOT), kek)).isTrue();
        assertThat(KekId.fits(name, KEK)).isFalse();
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
