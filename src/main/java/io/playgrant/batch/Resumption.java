package io.playgrant.batch;

import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Finds out from its results how far an earlier run has come. */
public final class Resumption {

    private final RequestFormat requests;
    private final ResultFormat results;

    /** For a run between these formats. */
    public Resumption(RequestFormat requests, ResultFormat results) {
        this.requests = requests;
        this.results = results;
    }

    /**
     * Skips the requests that were answered, and cuts an incomplete line off the results. If the results do not belong to these requests, the
     * file is not changed.
     *
     * @param reader the requests, from the first one on
     * @param file the results of the earlier run, which may be empty
     * @return a summary of these results
     * @throws BatchException if the results do not belong to the requests, or either cannot be read
     */
    public Summary skipAnswered(RowReader reader, ResultFile file) {
        try {
            Summary summary = new Summary();
            file.truncate(match(reader, file, summary));
            return summary;
        } catch (IOException e) {
            throw new BatchException(file.path() + " cannot be read: " + StorageException.reason(e));
        }
    }

    /** The length of the file without an incomplete line. */
    private long match(RowReader reader, ResultFile file, Summary summary) throws IOException {
        RowReader written = RowReader.lines(file.read());
        byte[] header = results.header();
        long whole = 0;
        if (header.length > 0) {
            RawRow first = written.next();
            if (first == null || isTorn(first, header)) {
                return 0;
            }
            if (!Arrays.equals(first.bytes(), 0, first.bytes().length, header, 0, header.length - 1)) {
                throw new BatchException(file.path() + " does not begin like a file of results");
            }
            whole = written.position();
        }
        RawRow line = written.next();
        while (line != null && line.ended()) {
            count(line, reader, file, summary);
            whole = written.position();
            line = written.next();
        }
        return whole;
    }

    private static boolean isTorn(RawRow first, byte[] header) {
        int length = first.bytes().length;
        return !first.ended() && length < header.length && Arrays.equals(first.bytes(), 0, length, header, 0, length);
    }

    private void count(RawRow line, RowReader reader, ResultFile file, Summary summary) throws IOException {
        RawRow request = reader.next();
        if (request == null) {
            throw new BatchException(file.path() + " has more results than there are requests");
        }
        TokenResult result = read(line, file);
        if (!Objects.equals(result.id(), requests.read(request).id())) {
            throw new BatchException(file.path() + " does not belong to these requests: the ids in its " + line.place()
                    + " and in " + request.place() + " of the requests are not the same");
        }
        summary.add(result, request.place());
    }

    private TokenResult read(RawRow line, ResultFile file) {
        try {
            if (line.refusal() == null) {
                return results.read(line.bytes());
            }
        } catch (MessageException e) {
            // Reported below.
        }
        throw new BatchException(file.path() + " is not a file of results: see its " + line.place());
    }
}
