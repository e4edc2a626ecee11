package io.playgrant.batch.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.error.TokenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayElementsTest {

    private static final String LONGEST = "\"" + "x".repeat(RowReader.LONGEST - 2) + "\"";

    @Test
    void elements_areRecords_onOneLineOrMany() throws IOException {
        assertThat(read("[{\"a\":1},{\"b\":[2,{}]}]"))
                .containsExactly("element 1, line 1:{\"a\":1}", "element 2, line 1:{\"b\":[2,{}]}");
        assertThat(read("\uFEFF\n [\r\n  {\n    \"a\": 1\n  },\r\n  {}\n]\n\n"))
                .containsExactly("element 1, line 3:{\n    \"a\": 1\n  }", "element 2, line 6:{}");
        assertThat(read("[]")).isEmpty();
        assertThat(read(" [ \n ] ")).isEmpty();
    }

    @Test
    void bracketsBracesAndCommasInQuotes_areText() throws IOException {
        String element = "{\"a\\\"]\":\"},[\\\\\",\"\\\\\\\"\":\"{\"}";
        assertThat(read("[" + element + "," + element + "]"))
                .containsExactly("element 1, line 1:" + element, "element 2, line 1:" + element);
    }

    @Test
    void elementThatIsNoJson_costsItselfOnly() throws IOException {
        assertThat(read("[nonsense, {\"a\":1} {}, {\"b\":2], 7}, {}]"))
                .containsExactly(
                        "element 1, line 1:nonsense",
                        "element 2, line 1:{\"a\":1} {}",
                        "element 3, line 1:{\"b\":2]",
                        "element 4, line 1:7}",
                        "element 5, line 1:{}");
    }

    @Test
    void missingElement_isRefused() throws IOException {
        String missing = "400 an element of the array is missing";
        assertThat(read("[,{},\n]"))
                .containsExactly(
                        "element 1, line 1:" + missing, "element 2, line 1:{}", "element 3, line 2:" + missing);
    }

    @Test
    void arraysOneAfterTheOther_areOne() throws IOException {
        assertThat(read("[{}]\n[]\n[{},{}]"))
                .containsExactly("element 1, line 1:{}", "element 2, line 3:{}", "element 3, line 3:{}");
    }

    @Test
    void longElement_isRefused_andTheNextIsRead() throws IOException {
        String tooLong = "413 an element has at most 65536 bytes";
        for (String more : List.of("x", "]", "x".repeat(1_000_000), "\\\"", "{".repeat(1_000_000))) {
            String text = "[" + LONGEST + " \n,\"" + more + LONGEST.substring(1) + ",{}]";
            assertThat(read(text))
                    .containsExactly(
                            "element 1, line 1:" + LONGEST, "element 2, line 2:" + tooLong, "element 3, line 2:{}");
        }
        String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
        assertThat(read("[" + deep + ",{}]")).containsExactly("element 1, line 1:" + tooLong, "element 2, line 1:{}");
    }

    @Test
    void arrayThatIsCutOff_isToldAfterItsElements() throws IOException {
        String first = "element 1, line 1:{}";
        assertThat(read("[")).containsExactly("the array is cut off before its first element");
        assertThat(read("[{}")).containsExactly(first, "the array is cut off after element 1");
        assertThat(read("[{}, \n")).containsExactly(first, "the array is cut off after element 1");
        assertThat(read("[{},\n{\"a\":{}")).containsExactly(first, "the array is cut off in element 2, line 2");
        assertThat(read("[{},\n\"a")).containsExactly(first, "the array is cut off in element 2, line 2");
        assertThat(read("[{},1")).containsExactly(first, "the array is cut off in element 2, line 1");
        assertThat(read("[{},\"" + "x".repeat(2 * RowReader.LONGEST)))
                .containsExactly(first, "the array is cut off in element 2, line 1");
    }

    @Test
    void quoteThatIsNotClosed_isToldAfterTheElementsBefore() throws IOException {
        assertThat(read("[{},\n{\"a\":\"b},\n{\"a\":\"c\"}]"))
                .containsExactly("element 1, line 1:{}", "a quote is not closed in element 2, line 2 of the array");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", ",", "]"})
    void whatFollowsTheArray_isToldAfterItsElements(String garbage) throws IOException {
        assertThat(read("[{}]\n" + garbage))
                .containsExactly("element 1, line 1:{}", "something follows the array, in line 2");
    }

    @Test
    void failure_isToldAgain() {
        RowReader reader = RowReader.json(in("["));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the array is cut off before its first element");
        }
    }

    @Test
    void lines_areReadAsBefore() throws IOException {
        assertThat(read("\n {}\n[]\n\nx")).containsExactly("line 2:{}", "line 3:[]", "line 5:x");
        assertThat(read("")).isEmpty();
    }

    @Test
    void element_isGivenOut_beforeWhatFollowsIt() throws IOException {
        try (PipedOutputStream producer = new PipedOutputStream();
                PipedInputStream requests = new PipedInputStream(producer)) {
            producer.write("[\n{},\r\n  ".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            RowReader reader = RowReader.json(requests);
            assertThat(reader.next()).isNotNull();
            assertThat(reader.mayBlock()).isTrue();
            assertThat(reader.position()).isEqualTo(9);
        }
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The elements, and why there are no more if that is not their end. */
    private static List<String> read(String text) throws IOException {
        List<String> records = new ArrayList<>();
        try (RowReader reader = RowReader.json(in(text))) {
            for (RawRow record = reader.next(); record != null; record = reader.next()) {
                TokenException refusal = record.refusal();
                records.add(record.place() + ":"
                        + (refusal == null
                                ? new String(record.bytes(), StandardCharsets.UTF_8)
                                : refusal.code().number() + " " + refusal.details()));
            }
        } catch (IOException e) {
            records.add(String.valueOf(e.getMessage()));
        }
        return records;
    }
}
