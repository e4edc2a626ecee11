package io.playgrant.record;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.record.SampleRecords.ACCOUNT;
import static io.playgrant.record.SampleRecords.bare;
import static io.playgrant.record.SampleRecords.licence;
import static io.playgrant.record.SampleRecords.redemption;
import static io.playgrant.record.SampleRecords.token;
import static io.playgrant.record.SampleRecords.withTexts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.BlockContent.UnreadableException;
import io.playgrant.record.RecordQuery.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockContentTest {

    private static final Environment ENVIRONMENT = Environment.PRODUCTION;

    @Test
    void read_returnsWhatWasWritten() throws Exception {
        List<TokenRecord> records = List.of(
                token(3),
                withTexts(token(2), "r".repeat(128), "🎬".repeat(64), "c".repeat(64)),
                withTexts(token(2), "", "", ""),
                bare(1, ACCOUNT, ENVIRONMENT),
                token(0));
        assertThat(read(BlockContent.write(records))).isEqualTo(records);
    }

    @Test
    void read_returnsEverySourceAndTime() throws Exception {
        List<TokenRecord> records = new ArrayList<>();
        for (TokenRecord.Source source : TokenRecord.Source.values()) {
            for (Instant time : List.of(
                    RecordQuery.EARLIEST,
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    Instant.EPOCH,
                    SampleRecords.NOW,
                    RecordQuery.LATEST)) {
                records.add(record(time, "id", null, sixteenKids(), source));
            }
        }
        assertThat(read(BlockContent.write(records))).isEqualTo(records);
    }

    @Test
    void read_returnsRedemptionsOfEveryKind_besideTokens() throws Exception {
        RedemptionRecord.Device bare = new RedemptionRecord.Device(null, null, null, null, null, null);
        List<TokenRecord> records = new ArrayList<>(List.of(token(9), redemption(token(9), 8, 0, licence())));
        for (RedemptionRecord.Kind kind : RedemptionRecord.Kind.values()) {
            records.add(redemption(token(9), 7, -4010, new RedemptionRecord(kind, null, null, null, null)));
            records.add(redemption(token(9), 6, -4010, new RedemptionRecord(kind, "wrong content", null, "", bare)));
        }
        records.add(token(5));
        assertThat(read(BlockContent.write(records))).isEqualTo(records);
    }

    @Test
    void write_addsNothingToTheRecordOfAToken() throws Exception {
        // As earlier versions wrote it.
        byte[] content = cbor(cbor -> {
            cbor.writeStartArray(null, 2);
            cbor.writeNumber(1);
            cbor.writeStartArray(null, 9);
            cbor.writeNumber(1_000_000);
            cbor.writeString("id");
            cbor.writeNull();
            cbor.writeNumber(-4018);
            cbor.writeStartArray(null, 0);
            cbor.writeEndArray();
            cbor.writeNull();
            cbor.writeNull();
            cbor.writeNumber(2);
            cbor.writeNull();
            cbor.writeEndArray();
            cbor.writeEndArray();
        });
        List<TokenRecord> records = read(content);
        assertThat(records).singleElement().extracting(TokenRecord::redemption).isNull();
        assertThat(BlockContent.write(records)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0a", "0123456789abcdef", "0A", "0ag0", "0a0", "x", "٣٣", ""})
    void read_returnsIdsAsTheyWere_hexadecimalOrNot(String id) throws Exception {
        List<TokenRecord> records = List.of(record(SampleRecords.NOW, id, id, List.of(), TokenRecord.Source.HTTP));
        assertThat(read(BlockContent.write(records))).isEqualTo(records);
    }

    @Test
    void write_storesHexadecimalIdsAsBytes() {
        byte[] hexadecimal = BlockContent.write(
                List.of(record(SampleRecords.NOW, "0123456789abcdef", null, List.of(), TokenRecord.Source.HTTP)));
        byte[] text = BlockContent.write(
                List.of(record(SampleRecords.NOW, "0123456789ABCDEF", null, List.of(), TokenRecord.Source.HTTP)));
        assertThat(hexadecimal).hasSize(text.length - 8);
    }

    @Test
    void mayMatch_unlessAValueIsMissing() {
        TokenRecord odd = withTexts(token(2), "request", "content", "c🎬\0");
        byte[] content = BlockContent.write(List.of(token(1), odd));
        for (Filter filter : List.of(
                Filter.NONE,
                new Filter("cookie 1", null, null, null),
                new Filter("c🎬\0", odd.tokenId(), KeyId.ofName("film 2"), 0),
                new Filter(null, token(1).tokenId(), KeyId.ofName("film 2"), null))) {
            assertThat(BlockContent.mayMatch(content, filter)).isTrue();
        }
        for (Filter filter : List.of(
                new Filter("cookie 2", null, null, null),
                new Filter("c🎬", token(3).tokenId(), null, null),
                new Filter(null, null, null, -2019),
                new Filter(null, null, KeyId.ofName("film 3"), null))) {
            assertThat(BlockContent.mayMatch(content, filter)).isFalse();
        }
        assertThat(BlockContent.mayMatch(
                        content,
                        Filter.NONE
                                .withRequestId("request")
                                .withContentId("content")
                                .withAddress("192.0.2.1")))
                .isTrue();
        assertThat(BlockContent.mayMatch(content, Filter.NONE.withRequestId(token(1).requestId())))
                .isTrue();
        assertThat(BlockContent.mayMatch(content, Filter.NONE.withRequestId("0000000000000009")))
                .isFalse();
        assertThat(BlockContent.mayMatch(content, Filter.NONE.withContentId("film")))
                .isFalse();
        assertThat(BlockContent.mayMatch(content, Filter.NONE.withAddress("192.0.2.3")))
                .isFalse();
        byte[] redeemed = BlockContent.write(List.of(redemption(token(1), 0, -4010, licence())));
        for (Filter filter : List.of(
                new Filter("cookie 1", token(1).tokenId(), KeyId.ofName("film 1"), -4010),
                new Filter(null, token(1).tokenId(), null, null))) {
            assertThat(BlockContent.mayMatch(redeemed, filter)).isTrue();
        }
        assertThat(BlockContent.mayMatch(redeemed, new Filter(null, token(2).tokenId(), null, null)))
                .isFalse();
        assertThat(BlockContent.mayMatch(new byte[0], new Filter(null, null, KeyId.ofName("film"), null)))
                .isFalse();
    }

    @Test
    void read_ofContentThatEndsTooEarly_isRefused() {
        byte[] content = BlockContent.write(
                List.of(token(2), bare(1, ACCOUNT, ENVIRONMENT), redemption(token(2), 0, 0, licence())));
        for (int length = 0; length < content.length; length++) {
            assertUnreadable(Arrays.copyOf(content, length), "it is damaged");
        }
    }

    @Test
    void read_ofDamagedContent_isRefused_orReturnsRecords_withoutAnotherException() {
        byte[] content = BlockContent.write(
                List.of(token(2), bare(1, ACCOUNT, ENVIRONMENT), redemption(token(2), 0, 0, licence())));
        Random random = new Random(13);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = content.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(read(damaged)).isNotNull();
            } catch (UnreadableException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2_000);
    }

    @Test
    void read_ofContentThatIsNotCbor_quotesNothing() {
        assertUnreadable(secret("0123456789abcdef0123456789abcdee").getBytes(StandardCharsets.UTF_8), "it is damaged");
    }

    @Test
    void read_ofANewerVersion_isRefused() throws IOException {
        assertUnreadable(
                cbor(cbor -> {
                    cbor.writeStartArray(null, 1);
                    cbor.writeNumber(2);
                    cbor.writeEndArray();
                }),
                "it was written by a newer version of Playgrant");
    }

    @Test
    void read_ignoresMembersThatANewerVersionAdds() throws Exception {
        byte[] content = cbor(cbor -> {
            cbor.writeStartArray(null, 3);
            cbor.writeNumber(1);
            for (int i = 0; i < 2; i++) {
                cbor.writeStartArray(null, 12);
                cbor.writeNumber(1_000_000);
                cbor.writeString("id");
                cbor.writeNull();
                cbor.writeNumber(-4018);
                cbor.writeStartArray(null, 0);
                cbor.writeEndArray();
                cbor.writeNull();
                cbor.writeNull();
                cbor.writeNumber(4);
                cbor.writeNull();
                if (i == 0) {
                    cbor.writeNull();
                } else {
                    writeNewerRedemption(cbor);
                }
                cbor.writeStartArray(null, 1);
                cbor.writeString("new");
                cbor.writeEndArray();
                cbor.writeBoolean(true);
                cbor.writeEndArray();
            }
            cbor.writeEndArray();
        });
        assertThat(read(content))
                .extracting(
                        TokenRecord::time,
                        TokenRecord::requestId,
                        TokenRecord::code,
                        TokenRecord::source,
                        TokenRecord::redemption)
                .containsExactly(
                        tuple(Instant.ofEpochSecond(1), "id", -4018, TokenRecord.Source.BATCH, null),
                        tuple(
                                Instant.ofEpochSecond(2),
                                "id",
                                -4018,
                                TokenRecord.Source.BATCH,
                                new RedemptionRecord(
                                        RedemptionRecord.Kind.RENEWAL,
                                        "reason",
                                        null,
                                        null,
                                        new RedemptionRecord.Device(null, null, 3, null, null, null))));
    }

    private static void writeNewerRedemption(CBORGenerator cbor) throws IOException {
        cbor.writeStartArray(null, 7);
        cbor.writeNumber(2);
        cbor.writeString("reason");
        cbor.writeNull();
        cbor.writeNull();
        cbor.writeStartArray(null, 8);
        cbor.writeNull();
        cbor.writeNull();
        cbor.writeNumber(3);
        cbor.writeNull();
        cbor.writeNull();
        cbor.writeNull();
        cbor.writeStartArray(null, 0);
        cbor.writeEndArray();
        cbor.writeString("new");
        cbor.writeEndArray();
        cbor.writeStartArray(null, 1);
        cbor.writeNull();
        cbor.writeEndArray();
        cbor.writeNumber(1);
        cbor.writeEndArray();
    }

    private static TokenRecord record(
            Instant time, String requestId, @Nullable String tokenId, List<KeyId> kids, TokenRecord.Source source) {
        return new TokenRecord(
                time, requestId, tokenId, ACCOUNT, ENVIRONMENT, -2019, kids, null, null, source, "2001:db8::1", null);
    }

    private static List<KeyId> sixteenKids() {
        return IntStream.range(0, 16).mapToObj(i -> KeyId.ofName("film " + i)).toList();
    }

    private static List<TokenRecord> read(byte[] content) throws UnreadableException {
        return BlockContent.read(content, ACCOUNT, ENVIRONMENT);
    }

    private static void assertUnreadable(byte[] content, String reason) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UnreadableException.class)
                .hasMessage(reason)
                .hasNoCause();
    }

    /** Writes CBOR. */
    @FunctionalInterface
    private interface Writing {
        void to(CBORGenerator cbor) throws IOException;
    }

    private static byte[] cbor(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator cbor = new CBORFactory().createGenerator(out)) {
            writing.to(cbor);
        }
        return out.toByteArray();
    }
}
