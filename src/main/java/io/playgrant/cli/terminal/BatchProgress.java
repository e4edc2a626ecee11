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

/** The progress bar of a run: one line that is overwritten. Nothing is shown where there is no terminal. */
public final class BatchProgress implements Progress, AutoCloseable {

    /** A width that fits every terminal. The progress library needs a native library to find out the real one. */
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
     * A progress bar on a terminal.
     *
     * @param task the name of the run
     * @param size the number of bytes to read, 0 if unknown
     * @param position the number of bytes that an earlier run has read
     * @param answered the number of requests that the earlier run answered
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

    /** A line to print while the bar is shown: it overwrites the bar, which is drawn again below it. */
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
