package io.playgrant.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoMessageTest {

    @Test
    void read_findsWhatTheWriterWrote() throws IOException {
        ProtoMessage message = ProtoMessage.read(new ProtoWriter()
                .number(1, 0)
                .number(536_870_911, -1)
                .bytes(2, new byte[] {1, 2})
                .message(3, new ProtoWriter().number(7, 300))
                .toByteArray());

        assertThat(message.number(1)).hasValue(0);
        assertThat(message.number(536_870_911)).hasValue(-1);
        assertThat(message.bytes(2)).contains(new byte[] {1, 2});
        assertThat(message.message(3).orElseThrow().number(7)).hasValue(300);
    }

    @Test
    void absentFields_andThoseOfAnotherType_areEmpty() throws IOException {
        ProtoMessage message = ProtoMessage.read(
                new ProtoWriter().number(1, 5).bytes(2, new byte[0]).toByteArray());

        assertThat(message.number(2)).isEmpty();
        assertThat(message.number(3)).isEmpty();
        assertThat(message.bytes(1)).isEmpty();
        assertThat(message.message(1)).isEmpty();
        assertThat(message.all(3)).isEmpty();
        assertThat(message.bytes(2)).contains(new byte[0]);
    }

    @Test
    void lastOfSeveral_counts_andMessagesAreMerged() throws IOException {
        ProtoMessage message = ProtoMessage.read(new ProtoWriter()
                .number(1, 5)
                .number(1, 6)
                .bytes(2, new byte[] {1})
                .bytes(2, new byte[] {2})
                .message(3, new ProtoWriter().number(7, 1).number(8, 1))
                .message(3, new ProtoWriter().number(7, 2).number(9, 3))
                .toByteArray());

        assertThat(message.number(1)).hasValue(6);
        assertThat(message.numbers(1)).containsExactly(5L, 6L);
        assertThat(message.numbers(2)).isEmpty();
        assertThat(message.bytes(2)).contains(new byte[] {2});
        assertThat(message.all(2)).containsExactly(new byte[] {1}, new byte[] {2});
        ProtoMessage merged = message.message(3).orElseThrow();
        assertThat(merged.number(7)).hasValue(2);
        assertThat(merged.number(8)).hasValue(1);
        assertThat(merged.number(9)).hasValue(3);
    }

    @Test
    void fixedNumbers_areSkipped() throws IOException {
        ProtoMessage message = ProtoMessage.read(HexFormat.of().parseHex("0d00000000" + "110000000000000000" + "1805"));

        assertThat(message.number(1)).isEmpty();
        assertThat(message.number(2)).isEmpty();
        assertThat(message.number(3)).hasValue(5);
    }

    /** In this order: a field 0, a group, the end of one, an unknown type, cut numbers and bytes, lengths beyond the end and below 0. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001",
                "0b",
                "0b0c",
                "0c",
                "0e",
                "08",
                "0880",
                "08ffffffffffffffffffff01",
                "0d000000",
                "1100000000000000",
                "0a",
                "0a02ff",
                "0affffffff07",
                "0affffffff0f",
                "0affffffffffffffffff01"
            })
    void otherBytes_areNoMessage(String hex) {
        assertThatThrownBy(() -> ProtoMessage.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IOException.class);
    }
}
