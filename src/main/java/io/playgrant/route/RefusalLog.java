package io.playgrant.route;

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
 * One line for each refused request; of those that anybody can cause without an account, one line a second.
 *
 * <p>The message is for people. The same stands in key-value pairs, which the text form leaves out.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.playgrant.refused");
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final Clock clock;
    private final AtomicReference<Sample> sample = new AtomicReference<>(new Sample(Instant.EPOCH, 0));

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes a line, or counts one that is not written.
     *
     * @param request the request's id
     * @param source the transport that it came by
     * @param caller whose request it was, if that is known
     */
    void add(TokenException refusal, String request, String source, Optional<Caller> caller) {
        if (caller.isPresent() || refusal.code() == ErrorCode.INTERNAL_ERROR) {
            write(refusal, request, source, caller, 0);
            return;
        }
        Instant now = clock.instant();
        Sample before = sample.getAndUpdate(last -> last.isDue(now) ? new Sample(now, 0) : last.oneMore());
        if (before.isDue(now)) {
            write(refusal, request, source, caller, before.unwritten());
        }
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

    private record Sample(Instant since, long unwritten) {

        boolean isDue(Instant now) {
            return now.isBefore(since) || !now.isBefore(since.plus(SAMPLE));
        }

        Sample oneMore() {
            return new Sample(since, unwritten + 1);
        }
    }
}
