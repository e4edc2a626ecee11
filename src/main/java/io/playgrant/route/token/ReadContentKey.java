package io.playgrant.route.token;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-content-key}: a clear {@link KeyRequest} becomes a {@link TokenKey}. */
public final class ReadContentKey implements Processor {

    @Override
    public void process(Exchange exchange) {
        KeyRequest request = exchange.getMessage().getBody(KeyRequest.class);
        ContentKey key = ContentKey.ofHex(request.contentKey().value());
        exchange.getMessage().setBody(TokenKey.of(request, key));
    }
}
