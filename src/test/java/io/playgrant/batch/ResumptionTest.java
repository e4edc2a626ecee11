package io.playgrant.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumptionTest {

    private static final String REQUESTS = "id,kid\na,\"x\ny\"\n\n,^k\nc,^k,1\nd,^k\n";
    private static final String HEADER = "id,licenseUrl,code,message\n";
    private static final String DONE = HEADER + "a,url,,\n5,,-4018,no\n";

    private Path path;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        path = folder.resolve("out.csv");
    }

    @Test
    void answeredRequests_areSkipped_andATornLineIsCutOff() throws IOException {
        for (String torn : new String[] {"", "6", "6,,400,\"[400] Bad", "6,,400,no"}) {
            assertThat(resume(DONE + torn)).isEqualTo("c,^k,1 after ok 1, -4018 1 (first at line 5)");
            assertThat(path).hasContent(DONE.strip());
            assertThat(Files.size(path)).isEqualTo(DONE.length());
        }
    }

    @Test
    void nothingWritten_isABeginning() throws IOException {
        for (String written : new String[] {"", "id,lic", "id,licenseUrl,code,message"}) {
            assertThat(resume(written)).isEqualTo("a,\"x\ny\" after ok 0");
            assertThat(path).isEmptyFile();
        }
        assertThat(resume(HEADER)).isEqualTo("a,\"x\ny\" after ok 0");
    }

    @Test
    void recordThatWasRefused_isKnownByItsLine() throws IOException {
        String all = DONE + "6,,400,no\nd,url,,\n";
        assertThat(resume(all)).isEqualTo("nothing after ok 2, -4018 1 (first at line 5), 400 1 (first at line 6)");
        assertThat(path).hasContent(all.strip());
    }

    @Test
    void otherFile_isLeftAsItIs() throws IOException {
        refuse("notes\nof mine\n", path + " does not begin like a file of results");
        refuse("notes", path + " does not begin like a file of results");
        refuse(DONE + "notes\nmore", path + " is not a file of results: see its line 4");
        refuse(DONE + "x".repeat(70_000) + "\n", path + " is not a file of results: see its line 4");
        refuse(
                DONE + "d,url,,\n",
                path
                        + " does not belong to these requests: the ids in its line 4 and in line 6 of the requests are not the same");
        refuse(DONE + "6,,400,no\nd,url,,\ne,url,,\n", path + " has more results than there are requests");
    }

    @Test
    void file_isItsOwnersOnly_andNeverOverwritten() throws IOException {
        ResultFile.create(path).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> ResultFile.create(path))
                .isInstanceOf(BatchException.class)
                .hasMessage(path + " exists already; use --resume to continue it");
    }

    @Test
    void file_isWrittenByOneAtATime() throws IOException {
        try (ResultFile first = ResultFile.create(path)) {
            first.write(new byte[] {'a', '\n'});
            assertThatThrownBy(() -> ResultFile.openOrCreate(path))
                    .isInstanceOf(BatchException.class)
                    .hasMessage("Another process is writing to " + path);
        }
    }

    @Test
    void file_thatCannotBeMade_isToldInASentence(@TempDir Path folder) {
        assertThatThrownBy(() -> ResultFile.create(folder))
                .isInstanceOf(BatchException.class)
                .hasMessage(folder + " is a folder");
        Path nowhere = folder.resolve("missing/out.csv");
        assertThatThrownBy(() -> ResultFile.openOrCreate(nowhere))
                .isInstanceOf(BatchException.class)
                .hasMessage(nowhere + " cannot be written: there is no such file or folder");
    }

    private void refuse(String written, String sentence) throws IOException {
        assertThatThrownBy(() -> resume(written))
                .isInstanceOf(BatchException.class)
                .hasMessage(sentence);
        assertThat(path).hasContent(written);
    }

    /** The next request and the summary. */
    private String resume(String written) throws IOException {
        Files.writeString(path, written);
        RowReader reader = RowReader.csv(new ByteArrayInputStream(REQUESTS.getBytes(StandardCharsets.UTF_8)));
        RawRow header = Objects.requireNonNull(reader.next());
        CsvRequests requests = CsvRequests.of(header, Map.of());
        try (ResultFile file = ResultFile.openOrCreate(path)) {
            Summary summary = new Resumption(requests, new CsvResults()).skipAnswered(reader, file);
            RawRow next = reader.next();
            return (next == null ? "nothing" : new String(next.bytes(), StandardCharsets.UTF_8)) + " after " + summary;
        }
    }
}
