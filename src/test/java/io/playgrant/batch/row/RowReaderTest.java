package io.playgrant.batch.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.error.TokenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowReaderTest {

    private static final String LONGEST = "x".repeat(RowReader.LONGEST);

    @Test
    void lines_endWithLineFeedOrBoth_andEmptyOnesAreNone() throws IOException {
        assertThat(read(RowReader.lines(in("a\nb\r\n\n\r\nc")))).containsExactly("1:a", "2:b", "5:c");
        assertThat(read(RowReader.lines(in("")))).isEmpty();
        assertThat(read(RowReader.lines(in("\n\n")))).isEmpty();
    }

    @Test
    void byteOrderMark_isNoPartOfTheFirst() throws IOException {
        assertThat(read(RowReader.lines(in("\uFEFFa\n\uFEFFb")))).containsExactly("1:a", "2:\uFEFFb");
        assertThat(read(RowReader.csv(in("\uFEFF\"a\nb\"\n")))).containsExactly("1:\"a\nb\"");
        assertThat(read(RowReader.lines(in("\uFEFF")))).isEmpty();
    }

    @Test
    void quotedLineBreaks_belongToTheRecord() throws IOException {
        assertThat(read(RowReader.csv(in("a,\"1\r\n2\",b\r\nc,\"\"\"\n\"\"\",\nd"))))
                .containsExactly("1:a,\"1\r\n2\",b", "3:c,\"\"\"\n\"\"\",", "5:d");
    }

    @Test
    void quoteInsideAField_isACharacter() throws IOException {
        assertThat(read(RowReader.csv(in("a\"b\nc \"d\n")))).containsExactly("1:a\"b", "2:c \"d");
    }

    @Test
    void lastRecord_isKnownToLackItsEnd() throws IOException {
        RowReader reader = RowReader.lines(in("a\nb"));
        assertThat(reader.next()).isNotNull().matches(RawRow::ended);
        assertThat(reader.position()).isEqualTo(2);
        assertThat(reader.next()).isNotNull().matches(record -> !record.ended());
        assertThat(reader.position()).isEqualTo(3);
        assertThat(reader.next()).isNull();
    }

    @Test
    void longestRecord_isRead_andALongerOneIsRefused() throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            String text = LONGEST + end + LONGEST + "x" + end + LONGEST.repeat(9) + end + "a" + end;
            for (RowReader reader : List.of(RowReader.lines(in(text)), RowReader.csv(in(text)))) {
                assertThat(read(reader)).containsExactly("1:" + LONGEST, "2:413", "3:413", "4:a");
            }
        }
        assertThat(read(RowReader.lines(in(LONGEST + "x")))).containsExactly("1:413");
    }

    @Test
    void forgottenQuote_costsOneRecord() throws IOException {
        assertThat(read(RowReader.csv(in("a\nb,\"c\nd\ne")))).containsExactly("1:a", "2:400", "3:d", "4:e");
        assertThat(read(RowReader.csv(in("\"a\n" + "b\n".repeat(RowReader.LONGEST)))))
                .hasSize(1 + RowReader.LONGEST)
                .startsWith("1:413", "2:b");
    }

    @Test
    void rowsWithoutAValue_areSkippedAndCounted_inCsvOnly() throws IOException {
        String text = "a,b\n,,\r\n\n, \t,\n\"\",\"\"\n\"\"\"\",\n,\"\n\",\n,x\n,";
        RowReader csv = RowReader.csv(in(text));
        assertThat(read(csv)).containsExactly("1:a,b", "6:\"\"\"\",", "7:,\"\n\",", "9:,x");
        assertThat(csv.emptyRows()).isEqualTo(4);
        RowReader lines = RowReader.lines(in(",\n"));
        assertThat(read(lines)).containsExactly("1:,");
        assertThat(lines.emptyRows()).isZero();
    }

    @Test
    void failureToRead_isToldAgain() throws IOException {
        InputStream broken = new SequenceInputStream(in("abc\n"), new InputStream() {

            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        });
        RowReader reader = RowReader.lines(broken);
        assertThat(reader.next()).isNotNull();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessage("broken");
        }
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(RowReader reader) throws IOException {
        List<String> records = new ArrayList<>();
        for (RawRow record = reader.next(); record != null; record = reader.next()) {
            TokenException refusal = record.refusal();
            records.add(record.place().line() + ":"
                    + (refusal == null
                            ? new String(record.bytes(), StandardCharsets.UTF_8)
                            : refusal.code().number()));
        }
        return records;
    }
}
