package io.playgrant.route.http;

import io.playgrant.error.ErrorMessage;
import io.playgrant.error.ErrorPage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code render-error-page}: an {@link ErrorMessage} becomes a html page. */
public final class RenderErrorPage implements Processor {

    private final ErrorPage page = new ErrorPage();

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(page.render(exchange.getMessage().getBody(ErrorMessage.class)));
    }
}
