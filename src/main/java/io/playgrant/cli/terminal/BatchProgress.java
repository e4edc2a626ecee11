package io.playgrant.cli.terminal;

import io.playgrant.batch.ChunkPipeline.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a run has come, on a terminal: a line that is written over and over. Elsewhere nothing. */
public final class BatchProgress implements Progress, AutoCloseable {

    /** Fits on every terminal. The library can ask for the width, but takes a native library to do so. */
    private static final int WIDTH = 79;

    private static final int REDRAWN_AFTER_MILLIS = 500;
    private static final int UNKNOWN = -1;

    private final @Nullable ProgressBar bar;
    private final long begun = System.nanoTime();
    private final long before;

    private BatchProgress(@Nullable ProgressBar bar, long before) {
        this.bar = bar;
        this.before = before;
    }

    /**
     * Draws on a terminal.
     *
     * @param task what the run is called
     * @param size how many bytes there are to read, 0 if that is not known
     * @param position how many of them an earlier run has read
     * @param answered how many requests it answered
     */
    public static BatchProgress on(PrintStream terminal, String task, long size, long position, long answered) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(size > 0 ? size : UNKNOWN)
                .setUnit(" MiB", 1024 * 1024)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAWN_AFTER_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .startsFrom(position, Duration.ZERO)
                .build();
        return new BatchProgress(bar, answered);
    }

    public static BatchProgress none() {
        return new BatchProgress(null, 0);
    }

    /** A line that may be printed meanwhile: it covers what is drawn, which is drawn again below it. */
    public String above(String line) {
        return bar == null ? line : "\r" + line + " ".repeat(Math.max(0, WIDTH - line.length()));
    }

    @Override
    public void at(long position, long answered) {
        if (bar != null) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            bar.stepTo(position);
            bar.setExtraMessage(String.format(Locale.ROOT, " %d, %.0f/s", answered, (answered - before) / seconds));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
