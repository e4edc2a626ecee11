package io.playgrant.batch;

import io.playgrant.batch.row.RawRow;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Processes a chunk of rows into the lines of their results. */
final class ChunkWork {

    private static final int ROOM_FOR_A_RESULT = 512;

    private final RequestFormat requests;
    private final TokenSource tokens;
    private final ResultFormat results;

    ChunkWork(RequestFormat requests, TokenSource tokens, ResultFormat results) {
        this.requests = requests;
        this.tokens = tokens;
        this.results = results;
    }

    /**
     * The results of a chunk.
     *
     * @param lines the results as whole lines
     * @param tally their counts
     */
    record Answer(byte[] lines, Summary tally) {}

    Answer answer(List<RawRow> chunk) {
        List<Item> items = chunk.stream().map(requests::read).toList();
        List<TokenResult> answers = obtain(items);
        Summary tally = new Summary();
        for (int i = 0; i < answers.size(); i++) {
            tally.add(answers.get(i), chunk.get(i).place());
        }
        return new Answer(lines(answers), tally);
    }

    /** Obtains tokens for readable requests, and answers unreadable ones with their error. */
    private List<TokenResult> obtain(List<Item> items) {
        List<Item> readable =
                items.stream().filter(item -> item.refusal() == null).toList();
        List<TokenResult> issued = readable.isEmpty() ? List.of() : tokens.issue(readable);
        List<TokenResult> all = new ArrayList<>(items.size());
        int next = 0;
        for (Item item : items) {
            TokenException refusal = item.refusal();
            all.add(refusal == null ? issued.get(next++) : TokenResult.of(item.id(), ErrorMessage.of(refusal)));
        }
        return all;
    }

    private byte[] lines(List<TokenResult> answers) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(answers.size() * ROOM_FOR_A_RESULT);
        try {
            results.write(answers, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return lines.toByteArray();
    }
}
