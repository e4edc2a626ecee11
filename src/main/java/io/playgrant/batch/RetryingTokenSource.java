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

/** Retries requests that a source could not answer temporarily. Gives up if the source makes no progress for any thread of the run. */
public final class RetryingTokenSource implements TokenSource {

    private static final Set<Integer> TEMPORARY =
            Set.of(ErrorCode.ADMIN_ERROR.number(), ErrorCode.SERVICE_UNAVAILABLE.number());
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final TokenSource source;
    private final ProgressDeadline deadline;
    private final Backoff backoff;
    private final CountDownLatch stop;
    private final Consumer<String> notices;
    private final AtomicBoolean noticed = new AtomicBoolean();

    /**
     * Wraps another source.
     *
     * @param deadline renewed by each answer; a source may renew it, too
     * @param firstBackoff the first pause before a retry
     * @param stop when opened, ends the waiting
     * @param notices receives one sentence at the first retry
     */
    public RetryingTokenSource(
            TokenSource source,
            ProgressDeadline deadline,
            Duration firstBackoff,
            CountDownLatch stop,
            Consumer<String> notices) {
        this.source = source;
        this.deadline = deadline;
        this.backoff = new Backoff(firstBackoff, LONGEST_BACKOFF);
        this.stop = stop;
        this.notices = notices;
    }

    /** Whether a request with this error is retried. */
    public static boolean isRetried(int code) {
        return TEMPORARY.contains(code);
    }

    @Override
    public List<TokenResult> issue(List<Item> items) {
        Attempt attempt = new Attempt(items);
        long begun = deadline.now();
        int failures = 0;
        while (attempt.isOpen()) {
            if (attempt.ask(source)) {
                deadline.renew();
                failures = 0;
            }
            if (attempt.isOpen()) {
                if (noticed.compareAndSet(false, true)) {
                    notices.accept(attempt.reason() + "; retrying for a while");
                }
                failures++;
                if (deadline.isOverSince(begun) || isStopped(backoff.delay(failures))) {
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

    /** The requests of a call, and the answers so far. */
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

        /** Sends the unanswered requests, and returns whether any of them was answered. */
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
                } else if (isTemporary(given.get(i).error())) {
                    stillOpen.add(open.get(i));
                    reason = "The service is unavailable: "
                            + Objects.requireNonNull(given.get(i).error()).message();
                } else {
                    answers.set(open.get(i), given.get(i));
                }
            }
            boolean progress = stillOpen.size() < open.size();
            open = stillOpen;
            return progress;
        }

        private static boolean isTemporary(@Nullable ErrorMessage error) {
            return error != null && isRetried(error.code());
        }

        String reason() {
            return reason;
        }

        List<TokenResult> results() {
            return answers.stream().map(Objects::requireNonNull).toList();
        }
    }
}
