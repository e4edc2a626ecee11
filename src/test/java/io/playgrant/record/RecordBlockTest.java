package io.playgrant.record;

import static io.playgrant.record.SampleRecords.ACCOUNT;
import static io.playgrant.record.SampleRecords.NOW;
import static io.playgrant.record.SampleRecords.at;
import static io.playgrant.record.SampleRecords.bare;
import static io.playgrant.record.SampleRecords.redemption;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordBlockTest {

    /** H2 refuses longer values. */
    private static final int LONGEST_VALUE = 1_048_576;

    @Test
    void pack_makesABlockForEachAccountAndEnvironment() throws Exception {
        TokenRecord one = bare(0, ACCOUNT, Environment.PRODUCTION);
        TokenRecord other = bare(0, ACCOUNT + 1, Environment.PRODUCTION);
        TokenRecord test = bare(0, ACCOUNT, Environment.TEST);
        List<RecordBlock> blocks = RecordBlock.pack(List.of(one, other, one, test));
        assertThat(blocks).hasSize(3);
        assertThat(blocks.get(0).read()).containsExactly(one, one);
        assertThat(blocks.get(1).read()).containsExactly(other);
        assertThat(blocks.get(2).read()).containsExactly(test);
    }

    @Test
    void pack_putsRecordsInTheOrderOfTheirTime_andKeepsTheirOrderWithinAMicrosecond() throws Exception {
        TokenRecord first = at(NOW, "first");
        TokenRecord second = at(NOW, "second");
        TokenRecord earlier = at(NOW.minusMillis(1), "earlier");
        RecordBlock block = RecordBlock.pack(List.of(first, second, earlier)).get(0);
        assertThat(block.read()).containsExactly(earlier, first, second);
        assertThat(block.oldest()).isEqualTo(earlier.time());
        assertThat(block.newest()).isEqualTo(NOW);
        assertThat(block.records()).isEqualTo(3);
    }

    @Test
    void pack_beginsANewBlockAfterASecond() {
        Instant end = NOW.plusSeconds(1);
        assertThat(RecordBlock.pack(List.of(at(NOW, "a"), at(end.minusNanos(1_000), "b"), at(end, "c"))))
                .extracting(RecordBlock::records)
                .containsExactly(2, 1);
    }

    @Test
    void pack_beginsANewBlockAfterTheMostRecords() {
        assertThat(RecordBlock.pack(Collections.nCopies(RecordBlock.MOST_RECORDS * 2 + 1, at(NOW, "a"))))
                .extracting(RecordBlock::records)
                .containsExactly(RecordBlock.MOST_RECORDS, RecordBlock.MOST_RECORDS, 1);
    }

    @Test
    void largestBlock_fitsIntoAColumn() {
        String longest = "\u20ac".repeat(128);
        TokenRecord record = new TokenRecord(
                NOW,
                longest,
                "f".repeat(31) + "x",
                Long.MAX_VALUE,
                Environment.PRODUCTION,
                -10_000,
                IntStream.range(0, 16).mapToObj(i -> KeyId.ofName("film " + i)).toList(),
                longest,
                longest,
                TokenRecord.Source.HTTP,
                longest,
                null);
        RecordBlock block = RecordBlock.pack(Collections.nCopies(RecordBlock.MOST_RECORDS, record))
                .get(0);
        assertThat(block.content()).hasSizeBetween(LONGEST_VALUE / 2, LONGEST_VALUE);
        String very = "\u20ac".repeat(500);
        TokenRecord redemption = redemption(
                record,
                0,
                -10_000,
                new RedemptionRecord(
                        RedemptionRecord.Kind.RELEASE,
                        very,
                        very,
                        very,
                        new RedemptionRecord.Device(very, very, Integer.MIN_VALUE, Long.MIN_VALUE, very, very)));
        block = RecordBlock.pack(Collections.nCopies(RecordBlock.MOST_RECORDS, redemption))
                .get(0);
        assertThat(block.records()).isEqualTo(RecordBlock.MOST_RECORDS / 2);
        assertThat(block.content()).hasSizeBetween(LONGEST_VALUE / 2, LONGEST_VALUE);
    }
}
