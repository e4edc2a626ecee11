package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code refuse-path}: there is nothing here. */
public final class RefusePath implements Processor {

    @Override
    public void process(Exchange exchange) {
        throw TokenException.of(ErrorCode.NOT_FOUND, "tokens are issued at /hms/wv/token");
    }
}
