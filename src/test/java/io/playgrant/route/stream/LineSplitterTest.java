package io.playgrant.route.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private final List<Line> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add);

    @Test
    void lines_endWithLfOrCrLf_andTheLastNeedsNoEnd() {
        add("one\ntwo\r\nthree");
        assertThat(texts()).containsExactly("1 one", "2 two");
        splitter.finish();
        assertThat(texts()).containsExactly("1 one", "2 two", "3 three");
    }

    @Test
    void emptyLines_areLeftOut_andCounted() {
        add("\n\r\none\n\n\ntwo\n");
        splitter.finish();
        assertThat(texts()).containsExactly("3 one", "6 two");
    }

    @Test
    void parts_mayBeCutAnywhere() {
        for (String part : "one\r\ntwo\n".split("", -1)) {
            add(part);
        }
        assertThat(texts()).containsExactly("1 one", "2 two");
    }

    @Test
    void byteOrderMark_isSkippedBeforeTheFirstLine_howeverItComes() {
        splitter.add(new byte[] {(byte) 0xEF});
        splitter.add(new byte[] {(byte) 0xBB, (byte) 0xBF, 'o'});
        add("ne\n\uFEFFtwo\n");
        assertThat(texts()).containsExactly("1 one", "2 \uFEFFtwo");
    }

    @Test
    void byteOrderMark_isNoLine_andDoesNotCountForTheLongest() {
        add("\uFEFF" + "x".repeat(64 * 1024) + "\r\n");
        assertThat(lines).extracting(Line::isTooLong).containsExactly(false);
        LineSplitter alone = new LineSplitter(lines::add);
        alone.add("\uFEFF".getBytes(StandardCharsets.UTF_8));
        alone.finish();
        assertThat(lines).hasSize(1);
    }

    @Test
    void beginningOfAByteOrderMark_isPartOfTheLine() {
        splitter.add(new byte[] {(byte) 0xEF, (byte) 0xBB});
        splitter.add(new byte[] {'x', '\n'});
        LineSplitter cut = new LineSplitter(lines::add);
        cut.add(new byte[] {(byte) 0xEF, (byte) 0xBB});
        cut.finish();
        assertThat(lines)
                .extracting(Line::bytes)
                .containsExactly(new byte[] {(byte) 0xEF, (byte) 0xBB, 'x'}, new byte[] {(byte) 0xEF, (byte) 0xBB});
    }

    @Test
    void longestLine_isWhole_withEitherEnd() {
        String longest = "x".repeat(64 * 1024);
        add(longest + "\n");
        add(longest);
        add("\r\n" + longest);
        splitter.finish();
        assertThat(texts()).containsExactly("1 " + longest, "2 " + longest, "3 " + longest);
    }

    @Test
    void longerLine_isTooLong_andTheNextIsNot() {
        add("x".repeat(64 * 1024 + 1) + "\nnext\n");
        add("x".repeat(64 * 1024) + "\rx\nnext\n");
        add("x".repeat(300_000));
        add("x".repeat(300_000) + "\n");
        assertThat(lines).extracting(Line::isTooLong).containsExactly(true, false, true, false, true);
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    private void add(String text) {
        splitter.add(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> texts() {
        return lines.stream()
                .map(line -> line.number() + " " + new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
