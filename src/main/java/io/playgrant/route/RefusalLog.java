package io.playgrant.route;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each refused request; of those that anybody can cause without an account, one line a second. */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.playgrant.refused");
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final Clock clock;
    private final AtomicReference<Sample> sample = new AtomicReference<>(new Sample(Instant.EPOCH, 0));

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    void add(TokenException refusal, Exchange exchange) {
        if (FlowProperties.caller(exchange).isPresent() || refusal.code() == ErrorCode.INTERNAL_ERROR) {
            write(refusal, exchange, 0);
            return;
        }
        Instant now = clock.instant();
        Sample before = sample.getAndUpdate(last -> last.isDue(now) ? new Sample(now, 0) : last.oneMore());
        if (before.isDue(now)) {
            write(refusal, exchange, before.unwritten());
        }
    }

    private static void write(TokenException refusal, Exchange exchange, long unwritten) {
        LOG.info(
                "request={} source={} account={} code={} status={} details=\"{}\"{}{}",
                exchange.getProperty(FlowProperties.REQUEST_ID, "-", String.class),
                exchange.getProperty(FlowProperties.SOURCE, "-", String.class),
                FlowProperties.caller(exchange)
                        .map(caller -> Long.toString(caller.account().number()))
                        .orElse("-"),
                refusal.code().number(),
                refusal.status(),
                withoutControls(refusal.details()),
                refusal.reason().isEmpty() ? "" : " reason=\"" + withoutControls(refusal.reason()) + "\"",
                unwritten == 0 ? "" : " unwritten=" + unwritten);
    }

    private static String withoutControls(String text) {
        return text.replaceAll("[\\p{Cc}\"]", "?");
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
