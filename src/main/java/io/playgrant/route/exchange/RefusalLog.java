package io.playgrant.route.exchange;

import com.fasterxml.jackson.annotation.JsonValue;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each refused request, but a hundred a second for each account at most; of those that anybody can cause without an account,
 * one line a second.
 *
 * <p>The line is key-value pairs. {@code logback-text.xml} writes nothing else of it.
 */
public final class RefusalLog {

    /** The name in the registry, for refusals without a route. */
    public static final String NAME = "refusal-log";

    private static final Logger LOG = LoggerFactory.getLogger("io.playgrant.refused");
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MOST_OF_ACCOUNT = 100;
    private static final int MOST_OF_OTHERS = 1;
    private static final int MOST_ACCOUNTS = 10_000;

    private final Allowance others;
    private final LoadingCache<Long, Allowance> accounts;
    private volatile BiConsumer<String, TokenException> observer = (request, refusal) -> {};

    /** Limits by the time of this machine. */
    public RefusalLog() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RefusalLog(TimeMeter time) {
        this.others = Allowance.of(MOST_OF_OTHERS, time);
        this.accounts =
                Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).build(number -> Allowance.of(MOST_OF_ACCOUNT, time));
    }

    /** From now on also tells an observer of each refusal, with the request's id, whether or not a line is written. */
    public void alsoTell(BiConsumer<String, TokenException> newObserver) {
        observer = newObserver;
    }

    /**
     * Writes a line, or counts one that is not written.
     *
     * @param request the request's id
     * @param source the transport that it came by
     * @param caller whose request it was, if that is known
     */
    public void add(TokenException refusal, String request, String source, Optional<Caller> caller) {
        observer.accept(request, refusal);
        if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
            write(refusal, request, source, caller, 0);
            return;
        }
        Allowance allowance =
                caller.map(known -> accounts.get(known.account().number())).orElse(others);
        if (allowance.lines().tryConsume(1)) {
            write(refusal, request, source, caller, allowance.unwritten().getAndSet(0));
        } else {
            allowance.unwritten().incrementAndGet();
        }
    }

    private static void write(
            TokenException refusal, String request, String source, Optional<Caller> caller, long unwritten) {
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("request", request).addKeyValue("source", source);
        if (caller.isPresent()) {
            line = line.addKeyValue("account", caller.get().account().number());
        }
        line = line.addKeyValue("code", refusal.code().number())
                .addKeyValue("status", refusal.status())
                .addKeyValue("details", new Quoted(refusal.details()));
        if (!refusal.reason().isEmpty()) {
            line = line.addKeyValue("reason", new Quoted(refusal.reason()));
        }
        if (unwritten > 0) {
            line = line.addKeyValue("unwritten", unwritten);
        }
        line.log("Request refused");
    }

    /**
     * Whose refusals share a limit.
     *
     * @param lines those that may still be written in this second
     * @param unwritten how many were not since the last line
     */
    private record Allowance(Bucket lines, AtomicLong unwritten) {

        static Allowance of(int most, TimeMeter time) {
            Bucket lines = Bucket.builder()
                    .addLimit(limit -> limit.capacity(most).refillIntervally(most, PERIOD))
                    .withCustomTimePrecision(time)
                    .build();
            return new Allowance(lines, new AtomicLong());
        }
    }

    /** A text that may quote a client: as it is in JSON, and in a line of text unable to make another line or pair. */
    private record Quoted(@JsonValue String text) {

        @Override
        public String toString() {
            return '"' + text.replaceAll("[\\p{Cc}\"]", "?") + '"';
        }
    }
}
