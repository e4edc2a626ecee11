package io.playgrant.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.error.ErrorMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkPipelineTest {

    private static final int THREADS = 3;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Lines written = new Lines();
    private final Summary summary = new Summary();

    @Test
    void results_standInTheOrderOfTheRequests() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TokenSource unsteady = items -> {
            // Every other chunk takes longer than the next.
            for (int i = 0; i < 50_000 * (calls.incrementAndGet() % 2); i++) {
                Thread.onSpinWait();
            }
            return issue(items);
        };
        String ids = IntStream.range(0, 5_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertThat(run(unsteady, in(ids))).isTrue();
        assertThat(written.text()).isEqualTo(ids.replace("\n", ",url,,\n"));
        assertThat(summary).hasToString("ok 5000");
        assertThat(summary.isAllWell()).isTrue();
    }

    @Test
    void badRecord_isAResult_andEndsNothing() throws Exception {
        String ids = "a\nb,c\n" + "x".repeat(70_000) + "\nbad\n\"\nd";
        assertThat(run(ChunkPipelineTest::issue, in(ids))).isTrue();
        assertThat(written.text())
                .isEqualTo("a,url,,\n"
                        + "3,,400,\"[400] Bad Request: line 3: the row has 2 fields, the header has 1\"\n"
                        + "4,,413,\"[413] Content Too Large: line 4: a row has at most 65536 bytes; a quote may not be"
                        + " closed\"\n"
                        + "bad,,-4018,no\n"
                        + "6,,400,\"[400] Bad Request: line 6: a quote is not closed\"\n"
                        + "d,url,,\n");
        assertThat(summary)
                .hasToString("ok 2, -4018 1 (first at line 5), 400 2 (first at line 3), 413 1 (first at line 4)");
        assertThat(summary.isAllWell()).isFalse();
    }

    @Test
    void nothing_isAnswered() throws Exception {
        assertThat(run(ChunkPipelineTest::issue, in(""))).isTrue();
        assertThat(written.text()).isEmpty();
        assertThat(summary).hasToString("ok 0");
    }

    @Test
    void stop_writesWhatIsUnderWay_andWaitsForNoRequest() throws Exception {
        try (PipedOutputStream producer = new PipedOutputStream();
                PipedInputStream requests = new PipedInputStream(producer)) {
            producer.write("id\na\nb\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            TokenSource stopping = items -> {
                if ("b".equals(items.get(items.size() - 1).id())) {
                    stop.countDown();
                }
                return issue(items);
            };
            assertThat(runWithHeader(stopping, requests)).isFalse();
        }
        assertThat(written.text()).isEqualTo("a,url,,\nb,url,,\n");
    }

    @Test
    void fileThatCannotBeReadOn_endsTheRun_afterWhatCouldBeRead() {
        String array = "[{\"id\":\"a\",\"parameters\":{}},\n{\"id\":\"b\",\"parameters\":{}},{\"id\":\"c\"";
        RowReader reader = RowReader.json(in(array));
        ChunkPipeline pipeline = new ChunkPipeline(
                new JsonRequests(Map.of()), ChunkPipelineTest::issue, new CsvResults(), THREADS, stop);
        assertThatThrownBy(() -> pipeline.run(reader, written, summary, (position, answered) -> {}))
                .isInstanceOf(BatchException.class)
                .hasMessage("The requests cannot be read: the array is cut off in element 3, line 2");
        assertThat(written.text()).isEqualTo("a,url,,\nb,url,,\n");
        assertThat(summary).hasToString("ok 2");
    }

    @Test
    void failures_endTheRun() {
        assertThatThrownBy(() -> run(
                        items -> {
                            throw new BatchException("no tokens");
                        },
                        in("a\n".repeat(100_000))))
                .isInstanceOf(BatchException.class)
                .hasMessage("no tokens");
        assertThat(written.text()).isEmpty();
    }

    @Test
    void failure_leavesWhatWasNotBegun() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch allAreBusy = new CountDownLatch(THREADS);
        assertThatThrownBy(() -> run(
                        items -> {
                            asked.incrementAndGet();
                            allAreBusy.countDown();
                            boolean first = "0".equals(items.get(0).id());
                            awaitQuietly(first ? allAreBusy : stop);
                            throw new BatchException("no tokens");
                        },
                        in(IntStream.range(0, 5_000).mapToObj(i -> i + "\n").collect(Collectors.joining()))))
                .isInstanceOf(BatchException.class)
                .hasMessage("no tokens");
        assertThat(asked).hasValue(THREADS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fullDisk_endsTheRun() {
        written.room = 1_000;
        assertThatThrownBy(() -> run(ChunkPipelineTest::issue, in("a\n".repeat(100_000))))
                .isInstanceOf(BatchException.class)
                .hasMessage("full");
    }

    @Test
    void unreadableRequests_endTheRun_afterThoseBefore() {
        InputStream broken = new InputStream() {
            private final InputStream before = in("id\na\n");

            @Override
            public int read() throws IOException {
                int next = before.read();
                if (next < 0) {
                    throw new IOException("the disk is broken");
                }
                return next;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                bytes[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> runWithHeader(ChunkPipelineTest::issue, broken))
                .isInstanceOf(BatchException.class)
                .hasMessage("The requests cannot be read: the disk is broken");
        assertThat(written.text()).isEqualTo("a,url,,\n");
    }

    private static List<TokenResult> issue(List<Item> items) {
        return items.stream()
                .map(item -> "bad".equals(item.id())
                        ? TokenResult.of(item.id(), new ErrorMessage(-4018, "no"))
                        : TokenResult.of(item.id(), "url"))
                .toList();
    }

    private boolean run(TokenSource tokens, InputStream ids) throws Exception {
        return runWithHeader(tokens, new SequenceInputStream(in("id\n"), ids));
    }

    private boolean runWithHeader(TokenSource tokens, InputStream requests) throws Exception {
        RowReader reader = RowReader.csv(requests);
        RawRow header = Objects.requireNonNull(reader.next());
        CsvRequests format = CsvRequests.of(header, Map.of());
        return new ChunkPipeline(format, tokens, new CsvResults(), THREADS, stop)
                .run(
                        reader,
                        written,
                        summary,
                        (position, answered) -> assertThat(answered).isPositive());
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Lines implements ResultSink {

        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;

        @Override
        public void write(byte[] more) {
            room -= more.length;
            if (room < 0) {
                throw new BatchException("full");
            }
            lines.writeBytes(more);
        }

        @Override
        public void sync() {}

        String text() {
            return lines.toString(StandardCharsets.UTF_8);
        }
    }
}
