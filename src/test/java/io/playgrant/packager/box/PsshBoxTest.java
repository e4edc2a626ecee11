package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.contentkey.KeyId;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PsshBoxTest {

    private static final KeyId KID = KeyId.ofHex("00112233445566778899aabbccddeeff");
    private static final PsshBox WIDEVINE = WidevineData.of(List.of(KID)).box();
    private static final PsshBox COMMON = PsshBox.common(List.of(KID));

    @Test
    void decodeAll_readsOneBoxAfterTheOther() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(WIDEVINE.bytes());
        both.writeBytes(COMMON.bytes());

        assertThat(PsshBox.decodeAll(both.toByteArray()))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(WIDEVINE, COMMON);
        assertThatThrownBy(() -> PsshBox.decode(both.toByteArray()))
                .isInstanceOf(BoxException.class)
                .hasMessage("is followed by another one");
    }

    @Test
    void flags_areIgnored() {
        byte[] box = WIDEVINE.bytes();
        Arrays.fill(box, 9, 12, (byte) 0xFF);

        assertThat(PsshBox.decode(box)).usingRecursiveComparison().isEqualTo(WIDEVINE);
    }

    /** 32 bytes are the shortest box: no data. The last rows are of version 1, with a count, and 0 to 1 key ids. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    '',                                                                         has 0 bytes; a pssh box has at least 32
                    00000020,                                                                   has 4 bytes; a pssh box has at least 32
                    000000206d6f6f76000000001077efecc0b24d02ace33c1e52e2fb4b00000000,           'is no pssh box: bytes 5 to 8 are not "pssh"'
                    0000001f70737368000000001077efecc0b24d02ace33c1e52e2fb4b00000000,           gives its size as 31 bytes; there are 32
                    0000000070737368000000001077efecc0b24d02ace33c1e52e2fb4b00000000,           gives its size as 0 bytes; there are 32
                    0000002170737368000000001077efecc0b24d02ace33c1e52e2fb4b00000000,           gives its size as 33 bytes; there are 32
                    ffffffff70737368000000001077efecc0b24d02ace33c1e52e2fb4b00000000,           gives its size as 4294967295 bytes; there are 32
                    0000002070737368020000001077efecc0b24d02ace33c1e52e2fb4b00000000,           has version 2; only 0 and 1 are defined
                    0000002070737368ff0000001077efecc0b24d02ace33c1e52e2fb4b00000000,           has version 255; only 0 and 1 are defined
                    0000002070737368000000001077efecc0b24d02ace33c1e52e2fb4b00000001,           gives a size of its data that does not fit its own size
                    0000002170737368000000001077efecc0b24d02ace33c1e52e2fb4b0000000000,         gives a size of its data that does not fit its own size
                    0000002070737368000000001077efecc0b24d02ace33c1e52e2fb4b0000000000,         has 1 bytes; a pssh box has at least 32
                    0000002070737368000000001077efecc0b24d02ace33c1e52e2fb4bffffffff,           gives a size of its data that does not fit its own size
                    0000002070737368010000001077efecc0b24d02ace33c1e52e2fb4b00000000,           gives a size of its data that does not fit its own size
                    0000002470737368010000001077efecc0b24d02ace33c1e52e2fb4b0000000100000000,   'says that it has 1 key ids, which do not fit its size'
                    0000002470737368010000001077efecc0b24d02ace33c1e52e2fb4bffffffff00000000,   'says that it has 4294967295 key ids, which do not fit its size'
                    """)
    void malformedBoxes_areRefused(String hex, String message) {
        assertThatThrownBy(() -> PsshBox.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(BoxException.class)
                .hasMessage(message);
    }

    @Test
    void boxesThatAreTooLong_areRefused() {
        assertThatThrownBy(() -> PsshBox.decodeAll(new byte[PsshBox.LONGEST + 1]))
                .isInstanceOf(BoxException.class)
                .hasMessage("has more than 65536 bytes");
        byte[] tooMany = PsshBox.common(Collections.nCopies(10_000, KID)).bytes();
        assertThatThrownBy(() -> PsshBox.decode(tooMany)).isInstanceOf(BoxException.class);
    }

    /** Each box, with one to three bytes changed and perhaps cut, is decoded and written back, or refused. */
    @Test
    void changedBoxes_areDecodedOrRefused() {
        Random random = new Random(15);
        PsshBox playReady =
                BoxVectors.all().findFirst().orElseThrow().playReady().box();
        int decoded = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] box = List.of(WIDEVINE, COMMON, playReady).get(i % 3).bytes();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                box[random.nextInt(box.length)] = (byte) random.nextInt();
            }
            decoded += decode(random.nextInt(4) > 0 ? box : Arrays.copyOf(box, random.nextInt(box.length)));
        }
        assertThat(decoded).isBetween(1_000, 19_000);
    }

    private static int decode(byte[] bytes) {
        try {
            PsshBox box = PsshBox.decode(bytes);
            if (DrmSystem.of(box.systemId()).equals(Optional.of(DrmSystem.PLAYREADY))) {
                PlayReadyObject.read(box.data());
            } else {
                WidevineData.read(box.data());
            }
            return 1;
        } catch (BoxException refused) {
            return 0;
        }
    }

    @Test
    void version0_hasNoKeyIds() {
        assertThatThrownBy(() -> new PsshBox(0, DrmSystem.COMMON.id(), List.of(KID), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PsshBox(2, DrmSystem.COMMON.id(), List.of(), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
