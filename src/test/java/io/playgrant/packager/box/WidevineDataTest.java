package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.contentkey.KeyId;
import io.playgrant.protobuf.ProtoWriter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WidevineDataTest {

    private static final KeyId KID = KeyId.ofHex("00112233445566778899aabbccddeeff");

    @Test
    void period0_isWritten() {
        assertThat(HexFormat.of()
                        .formatHex(WidevineData.of(List.of(), ProtectionScheme.CENC)
                                .withPeriod(OptionalLong.of(0))
                                .bytes()))
                .isEqualTo("380048e3dc959b06");
    }

    @Test
    void allFields_areReadBack() {
        WidevineData data = new WidevineData(
                List.of(KID),
                "p",
                new byte[] {1},
                "hd",
                OptionalLong.of(4_294_967_295L),
                Optional.of(ProtectionScheme.CBC1));

        assertThat(WidevineData.read(data.bytes())).usingRecursiveComparison().isEqualTo(data);
    }

    @Test
    void unknownFieldsAndSchemes_areIgnored() {
        byte[] data = new ProtoWriter()
                .number(1, 1)
                .bytes(2, KID.toByteArray())
                .number(9, 5)
                .bytes(77, new byte[3])
                .toByteArray();

        assertThat(WidevineData.read(data)).usingRecursiveComparison().isEqualTo(WidevineData.of(List.of(KID)));
    }

    @Test
    void otherData_isRefused() {
        assertThatThrownBy(() -> WidevineData.read(new byte[] {0x12, 0x10, 0}))
                .isInstanceOf(BoxException.class)
                .hasMessage("is no Protocol Buffers message, or was cut");
        assertThatThrownBy(() -> WidevineData.read(
                        new ProtoWriter().bytes(2, new byte[15]).toByteArray()))
                .isInstanceOf(BoxException.class)
                .hasMessage("has a key id of 15 bytes");
    }
}
