package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.PlayReadyHeader.Version;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayReadyHeaderTest {

    private static final PlayReadyHeader.Key KEY =
            new PlayReadyHeader.Key(KeyId.ofHex("00112233445566778899aabbccddeeff"), null);

    @Test
    void withoutTheKey_thereIsNoChecksum() {
        assertThat(PlayReadyHeader.of(ProtectionScheme.CENC, List.of(KEY), null).xml())
                .contains("<KID>MyIRAFVEd2aImaq7zN3u/w==</KID></DATA>");
        assertThat(PlayReadyHeader.of(ProtectionScheme.CENS, List.of(KEY, KEY), null)
                        .xml())
                .contains("<KID ALGID=\"AESCTR\" VALUE=\"MyIRAFVEd2aImaq7zN3u/w==\"></KID>");
    }

    @Test
    void licenseUrl_isEscaped() {
        PlayReadyHeader header =
                PlayReadyHeader.of(ProtectionScheme.CBCS, List.of(KEY), "https://a.example/?b=c&d=<e>");

        assertThat(header.xml()).contains("<LA_URL>https://a.example/?b=c&amp;d=&lt;e&gt;</LA_URL>");
        assertThat(PlayReadyObject.read(header.object()).keyIds()).containsExactly(KEY.kid());
    }

    @Test
    void versionsThatCannotNameTheKeys_areRefused() {
        assertRefused(Version.V4_0, ProtectionScheme.CENC, 2);
        assertRefused(Version.V4_0, ProtectionScheme.CBC1, 1);
        assertRefused(Version.V4_2, ProtectionScheme.CBCS, 1);
        assertRefused(Version.V4_3, ProtectionScheme.CBCS, 0);
    }

    private static void assertRefused(Version version, ProtectionScheme scheme, int keys) {
        assertThatThrownBy(() -> PlayReadyHeader.of(version, scheme, Collections.nCopies(keys, KEY), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreKeysThanAnObjectHolds_areRefused() {
        assertThatThrownBy(() -> PlayReadyHeader.of(ProtectionScheme.CENC, Collections.nCopies(150, KEY), null))
                .isInstanceOf(BoxException.class)
                .hasMessageMatching("has \\d+ bytes; a PlayReady object has at most 15360");
    }

    /** In this order: empty, a wrong length, no records, a record of another type, a cut record. */
    @ParameterizedTest
    @ValueSource(strings = {"", "ff000000", "060000000000", "0a0000000100020000000000", "0a00000001000100ffff"})
    void otherObjects_areRefused(String hex) {
        assertThatThrownBy(() -> PlayReadyObject.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(BoxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a><KID>&b;</KID></a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a><KID>AA==</KID></a>",
                "<a><KID>short</KID></a>",
                "<a><KID VALUE=\"AAAA\"></KID></a>",
                "<KID><KID></KID></KID>",
            })
    void headersThatCannotBeRead_areRefused(String header) {
        assertThatThrownBy(() -> PlayReadyObject.read(PlayReadyObject.bytes(header)))
                .isInstanceOf(BoxException.class)
                .hasMessage("is a PlayReady object whose header cannot be read");
    }

    @Test
    void object_isACopy() {
        PlayReadyHeader header = PlayReadyHeader.of(ProtectionScheme.CENC, List.of(KEY), null);
        Arrays.fill(header.object(), (byte) 0);

        assertThat(PlayReadyObject.read(header.object()).header()).isEqualTo(header.xml());
    }
}
