package io.playgrant.batch;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a source again for what it could not do for now, and gives up when it has done nothing for a while, for no thread of the run. */
public final class RetryingTokenSource implements TokenSource {

    private static final Set<Integer> PASSING =
            Set.of(ErrorCode.ADMIN_ERROR.number(), ErrorCode.SERVICE_UNAVAILABLE.number());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final TokenSource source;
    private final ProgressDeadline patience;
    private final Backoff backoff;
    private final CountDownLatch stop;
    private final Consumer<String> notices;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Stands before another source.
     *
     * @param patience renewed here by each answer; a source may renew it, too
     * @param firstPause how long to wait before asking it again, at first
     * @param stop ends the waiting when it is opened
     * @param notices takes a sentence when it is waited for, once
     */
    public RetryingTokenSource(
            TokenSource source,
            ProgressDeadline patience,
            Duration firstPause,
            CountDownLatch stop,
            Consumer<String> notices) {
        this.source = source;
        this.patience = patience;
        this.backoff = new Backoff(firstPause, LONGEST_PAUSE);
        this.stop = stop;
        this.notices = notices;
    }

    /** Whether an answer with this code is none: the same is asked again. */
    public static boolean isAskedAgain(int code) {
        return PASSING.contains(code);
    }

    @Override
    public List<TokenResult> issue(List<Item> items) {
        Attempt attempt = new Attempt(items);
        long begun = patience.now();
        int failures = 0;
        while (attempt.isOpen()) {
            if (attempt.ask(source)) {
                patience.renew();
                failures = 0;
            }
            if (attempt.isOpen()) {
                if (told.compareAndSet(false, true)) {
                    notices.accept(attempt.reason() + "; it is asked again for a while");
                }
                failures++;
                if (patience.isOverSince(begun) || isStopped(backoff.delay(failures))) {
                    throw new BatchException(attempt.reason());
                }
            }
        }
        return attempt.results();
    }

    private boolean isStopped(Duration pause) {
        try {
            return stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What has been asked, and what has been answered so far. */
    private static final class Attempt {

        private final List<Item> items;
        private final List<@Nullable TokenResult> answers;
        private List<Integer> open = new ArrayList<>();
        private String reason = "";

        Attempt(List<Item> items) {
            this.items = items;
            this.answers = new ArrayList<>(Collections.nCopies(items.size(), null));
            for (int i = 0; i < items.size(); i++) {
                open.add(i);
            }
        }

        boolean isOpen() {
            return !open.isEmpty();
        }

        /** Asks for what is open; gives whether there is less of it now. */
        boolean ask(TokenSource source) {
            List<TokenResult> given;
            try {
                given = source.issue(open.stream().map(items::get).toList());
                reason = "The service ended its answer early";
            } catch (SourceAwayException e) {
                reason = String.valueOf(e.getMessage());
                return false;
            }
            List<Integer> stillOpen = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (i >= given.size()) {
                    stillOpen.add(open.get(i));
                } else if (isPassing(given.get(i).error())) {
                    stillOpen.add(open.get(i));
                    reason = "The service is out of reach: "
                            + Objects.requireNonNull(given.get(i).error()).message();
                } else {
                    answers.set(open.get(i), given.get(i));
                }
            }
            boolean progress = stillOpen.size() < open.size();
            open = stillOpen;
            return progress;
        }

        private static boolean isPassing(@Nullable ErrorMessage error) {
            return error != null && isAskedAgain(error.code());
        }

        String reason() {
            return reason;
        }

        List<TokenResult> results() {
            return answers.stream().map(Objects::requireNonNull).toList();
        }
    }
}
