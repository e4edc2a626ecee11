package io.playgrant.cli.key;

import io.playgrant.batch.ChunkPipeline.Progress;
import io.playgrant.batch.row.Place;
import io.playgrant.batch.row.RawRow;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InputFile;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.KeyImport;
import io.playgrant.keystore.KeyImport.Kind;
import io.playgrant.keystore.KeyImport.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores the keys of a file in chunks, with bounded memory whatever its length. */
final class KeyImportRun {

    /** The limits of a chunk, which is stored in one transaction. */
    private static final int MOST_ROWS = 1_000;

    private static final int MOST_BYTES = 1024 * 1024;

    private final InputFile file;
    private final KeyRows format;
    private final KeyImport keys;
    private final Progress progress;
    private final Consumer<String> complaints;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /**
     * A run.
     *
     * @param file the file, from its first key on
     * @param complaints receives a sentence with the place of each row that is refused
     */
    KeyImportRun(InputFile file, KeyRows format, KeyImport keys, Progress progress, Consumer<String> complaints) {
        this.file = file;
        this.format = format;
        this.keys = keys;
        this.progress = progress;
        this.complaints = complaints;
    }

    /**
     * Stores the keys of the file.
     *
     * @throws CommandException if the file cannot be read to its end
     * @throws io.playgrant.storage.StorageException if the storage is unreachable
     */
    void run() {
        List<RawRow> chunk = nextChunk();
        while (!chunk.isEmpty()) {
            store(chunk);
            progress.at(file.reader().position(), total());
            chunk = nextChunk();
        }
    }

    boolean isAllWell() {
        return count(Kind.REFUSED) == 0;
    }

    /** The next rows. If reading fails, the rows before the failure are returned first. */
    private List<RawRow> nextChunk() {
        List<RawRow> chunk = new ArrayList<>();
        long bytes = 0;
        try {
            Optional<RawRow> row = file.next();
            while (row.isPresent()) {
                chunk.add(row.get());
                bytes += row.get().bytes().length;
                boolean full = chunk.size() == MOST_ROWS || bytes >= MOST_BYTES;
                row = full ? Optional.empty() : file.next();
            }
        } catch (CommandException e) {
            if (chunk.isEmpty()) {
                throw e;
            }
            // The next call fails in the same way.
        }
        return chunk;
    }

    private void store(List<RawRow> chunk) {
        List<KeyFields> read = new ArrayList<>();
        IdentityHashMap<RawRow, Outcome> unread = new IdentityHashMap<>();
        for (RawRow row : chunk) {
            try {
                read.add(format.read(row));
            } catch (TokenException e) {
                unread.put(row, Outcome.refused(e.details()));
            }
        }
        Iterator<Outcome> stored = keys.store(read).iterator();
        for (RawRow row : chunk) {
            Outcome outcome = unread.get(row);
            note(row.place(), outcome == null ? stored.next() : outcome);
        }
    }

    private void note(Place place, Outcome outcome) {
        counts.merge(outcome.kind(), 1L, Long::sum);
        if (outcome.kind() == Kind.REFUSED) {
            complaints.accept(place + ": " + outcome.reason());
        }
    }

    private long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** The numbers of keys so far, for the user. */
    @Override
    public String toString() {
        return "imported " + count(Kind.IMPORTED) + ", already there " + count(Kind.PRESENT) + ", bad "
                + count(Kind.REFUSED);
    }
}
