package io.playgrant.route.http;

import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code omit-body-of-head}: an answer to HEAD has no content (RFC 9110 section 9.3.2), which the HTTP/2 server leaves to us. */
public final class OmitBodyOfHead implements Processor {

    @Override
    public void process(Exchange exchange) {
        if ("HEAD".equals(exchange.getProperty(FlowProperties.METHOD, String.class))) {
            exchange.getMessage().setBody("");
        }
    }
}
