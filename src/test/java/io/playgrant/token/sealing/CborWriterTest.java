package io.playgrant.token.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborWriterTest {

    private static final int SAMPLES = 20_000;
    private static final CBORFactory LIBRARY = new CBORFactory();
    private static final List<String> TEXTS = List.of(
            "", "a", "film", "\u007f", "\u0080", "\u00e9", "\u07ff\u0800", "\uffff", "\uD83D\uDE00", "x".repeat(200));

    /** From RFC 8949 appendix A. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "100, 1864",
        "1000, 1903e8",
        "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-10, 29",
        "-100, 3863",
        "-1000, 3903e7",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void number_isAsShortAsItCanBe(long number, String hex) {
        assertThat(new CborWriter(0).number(number).finish()).isEqualTo(bytes(hex));
    }

    /** From RFC 8949 appendix A. */
    @ParameterizedTest
    @CsvSource({"'', 60", "IETF, 6449455446", "\u00fc, 62c3bc", "\u6c34, 63e6b0b4", "\uD800\uDD51, 64f0908591"})
    void text_isUtf8(String text, String hex) {
        assertThat(new CborWriter(0).text(text).finish()).isEqualTo(bytes(hex));
    }

    @ParameterizedTest
    @CsvSource({"'', 40", "01020304, 4401020304", "ff00Ab, 43ff00ab"})
    void hex_isAByteString(String digits, String hex) {
        assertThat(new CborWriter(0).hex(digits).finish()).isEqualTo(bytes(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D"})
    void text_refusesHalfASurrogatePair(String text) {
        CborWriter cbor = new CborWriter(0);

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> cbor.text(text));
    }

    @Test
    void containers_haveADefiniteLength() {
        byte[] written = new CborWriter(0)
                .tag(96)
                .array(2)
                .map(1)
                .number(1)
                .nothing()
                .binary(new byte[] {1, 2})
                .finish();

        assertThat(written).isEqualTo(bytes("d86082a101f6420102"));
    }

    @Test
    void items_areThoseOfALibrary() throws IOException {
        Random random = new Random(13);
        for (int sample = 0; sample < SAMPLES; sample++) {
            CborWriter cbor = new CborWriter(random.nextInt(8));
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            try (CBORGenerator library = LIBRARY.createGenerator(expected)) {
                int items = random.nextInt(30);
                cbor.array(items);
                library.writeStartArray(null, items);
                for (int item = 0; item < items; item++) {
                    writeItem(random, cbor, library);
                }
                library.writeEndArray();
            }

            assertThat(cbor.finish()).isEqualTo(expected.toByteArray());
        }
    }

    private static void writeItem(Random random, CborWriter cbor, CBORGenerator library) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> {
                long number = random.nextLong() >> random.nextInt(64);
                cbor.number(number);
                library.writeNumber(number);
            }
            case 1 -> {
                byte[] content = new byte[random.nextInt(random.nextInt(400) + 1)];
                random.nextBytes(content);
                cbor.binary(content);
                library.writeBinary(content);
            }
            case 2 -> {
                String text = TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
                cbor.text(text);
                library.writeString(text);
            }
            default -> {
                int key = random.nextInt() >> random.nextInt(32);
                cbor.map(1).number(key).nothing();
                library.writeStartObject(null, 1);
                library.writeFieldId(key);
                library.writeNull();
                library.writeEndObject();
            }
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
