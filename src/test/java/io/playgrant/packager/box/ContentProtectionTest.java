package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.packager.box.BoxVectors.Vector;
import io.playgrant.packager.box.HlsKeyLines.Playlist;
import org.junit.jupiter.api.Test;

class ContentProtectionTest {

    private static final Vector VECTOR = BoxVectors.all().findFirst().orElseThrow();

    @Test
    void contentAlone_declaresItsNamespaces() {
        assertThat(ContentProtection.contentOf(VECTOR.widevine().box()))
                .isEqualTo("<pssh xmlns=\"urn:mpeg:cenc:2013\">"
                        + VECTOR.widevine().box().base64() + "</pssh>");
        assertThat(ContentProtection.contentOf(VECTOR.playReady()))
                .isEqualTo("<pssh xmlns=\"urn:mpeg:cenc:2013\">"
                        + VECTOR.playReady().box().base64() + "</pssh><pro xmlns=\"urn:microsoft:playready\">"
                        + VECTOR.playReady().objectBase64() + "</pro>");
        assertThat(ContentProtection.contentOfClearKey("https://a.example/?b&c"))
                .isEqualTo("<dashif:laurl xmlns:dashif=\"https://dashif.org/CPS\">https://a.example/?b&amp;c"
                        + "</dashif:laurl>");
    }

    @Test
    void fairPlay_existsForCbcsOnly() {
        assertThat(FairPlayUri.ofUuid(VECTOR.kid())).isEqualTo("skd://00112233-4455-6677-8899-aabbccddeeff");
        for (ProtectionScheme scheme : ProtectionScheme.values()) {
            HlsKeyLines lines = new HlsKeyLines(Playlist.MEDIA, scheme);
            if (scheme == ProtectionScheme.CBCS) {
                assertThat(lines.fairPlay("skd://a")).contains("URI=\"skd://a\"");
            } else {
                assertThatThrownBy(() -> lines.fairPlay("skd://a")).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
