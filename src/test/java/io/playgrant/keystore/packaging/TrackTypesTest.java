package io.playgrant.keystore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackTypesTest {

    @ParameterizedTest
    @CsvSource({
        "SD, 0",
        "HD, 1",
        "HD1, 1",
        "HD1+HD2, 1",
        "AUDIO, 2",
        "STEREO_AUDIO, 2",
        "STEREO_AUDIO+MULTICHANNEL_AUDIO, 2",
        "UHD, 3",
        "UHD1, 3",
        "UHD2, 4",
        "SD+HD1,",
        "VIDEO,",
        "ALL,",
        "'',",
    })
    void typesOfPackagers_areThoseOfTokens(String type, @Nullable Integer trackType) {
        assertThat(TrackTypes.of(type)).isEqualTo(trackType);
    }
}
