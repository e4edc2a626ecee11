package io.playgrant.route.stream;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.HttpCallConsumer;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code open-stream}: a request that was let in takes a place among the streams, if one is free for its account. Leaves the body as it is. */
public final class OpenStream implements Processor {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Override
    public void process(Exchange exchange) {
        long account = FlowProperties.caller(exchange).orElseThrow().account().number();
        if (!HttpCallConsumer.admitted(exchange).slot().becomeStream(account)) {
            throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "too many streams are open, try again later")
                    .retryAfter(RETRY_AFTER);
        }
    }
}
