package io.playgrant.route.exchange;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each refused request, but a hundred a second for each account at most; of those that anybody can cause without an account,
 * one line a second.
 *
 * <p>The message is for people. The same stands in key-value pairs, which the text form leaves out.
 */
public final class RefusalLog {

    /** The name in the registry, for refusals without a route. */
    public static final String NAME = "refusal-log";

    private static final Logger LOG = LoggerFactory.getLogger("io.playgrant.refused");
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final Clock clock;
    private static final int MOST_OF_ACCOUNT = 100;
    private static final int MOST_OF_OTHERS = 1;
    private static final int MOST_ACCOUNTS = 10_000;

    private final AtomicReference<Sample> others = new AtomicReference<>(Sample.NONE);
    private final LoadingCache<Long, AtomicReference<Sample>> accounts =
            Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).build(number -> new AtomicReference<>(Sample.NONE));

    public RefusalLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes a line, or counts one that is not written.
     *
     * @param request the request's id
     * @param source the transport that it came by
     * @param caller whose request it was, if that is known
     */
    public void add(TokenException refusal, String request, String source, Optional<Caller> caller) {
        if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
            write(refusal, request, source, caller, 0);
            return;
        }
        int most = caller.isPresent() ? MOST_OF_ACCOUNT : MOST_OF_OTHERS;
        Instant now = clock.instant();
        Sample before = sampleOf(caller).getAndUpdate(last -> last.oneMore(now, most));
        if (before.isOver(now)) {
            write(refusal, request, source, caller, before.unwritten());
        } else if (before.written() < most) {
            write(refusal, request, source, caller, 0);
        }
    }

    private AtomicReference<Sample> sampleOf(Optional<Caller> caller) {
        return caller.map(known -> accounts.get(known.account().number())).orElse(others);
    }

    private static void write(
            TokenException refusal, String request, String source, Optional<Caller> caller, long unwritten) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        LoggingEventBuilder line = LOG.atInfo();
        for (Map.Entry<String, Object> field :
                fields(refusal, request, source, caller, unwritten).entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(text(refusal, request, source, caller, unwritten));
    }

    private static Map<String, Object> fields(
            TokenException refusal, String request, String source, Optional<Caller> caller, long unwritten) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request", request);
        fields.put("source", source);
        caller.ifPresent(known -> fields.put("account", known.account().number()));
        fields.put("code", refusal.code().number());
        fields.put("status", refusal.status());
        fields.put("details", refusal.details());
        if (!refusal.reason().isEmpty()) {
            fields.put("reason", refusal.reason());
        }
        if (unwritten > 0) {
            fields.put("unwritten", unwritten);
        }
        return fields;
    }

    private static String text(
            TokenException refusal, String request, String source, Optional<Caller> caller, long unwritten) {
        return "request=" + request + " source=" + source + " account="
                + caller.map(known -> Long.toString(known.account().number())).orElse("-")
                + " code=" + refusal.code().number() + " status=" + refusal.status() + " details="
                + quoted(refusal.details())
                + (refusal.reason().isEmpty() ? "" : " reason=" + quoted(refusal.reason()))
                + (unwritten == 0 ? "" : " unwritten=" + unwritten);
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("[\\p{Cc}\"]", "?") + '"';
    }

    /** What was written and what was not since a time. */
    private record Sample(Instant since, int written, long unwritten) {

        private static final Sample NONE = new Sample(Instant.EPOCH, 0, 0);

        boolean isOver(Instant now) {
            return now.isBefore(since) || !now.isBefore(since.plus(SAMPLE));
        }

        Sample oneMore(Instant now, int most) {
            if (isOver(now)) {
                return new Sample(now, 1, 0);
            }
            return written < most ? new Sample(since, written + 1, 0) : new Sample(since, written, unwritten + 1);
        }
    }
}
