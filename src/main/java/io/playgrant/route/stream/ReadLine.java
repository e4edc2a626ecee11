package io.playgrant.route.stream;

import io.playgrant.batch.Item;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-line}: a {@link Line} becomes an {@link Item} of the stream's caller. */
public final class ReadLine implements Processor {

    private static final String AUTHENTICATOR = "customerAuthenticator";
    private static final MessageReader MESSAGES = new MessageReader(Optional.empty());

    @Override
    public void process(Exchange exchange) {
        Line line = exchange.getMessage().getBody(Line.class);
        exchange.getMessage().setBody(read(line, FlowProperties.streamAuthenticator(exchange)));
    }

    private static Item read(Line line, String authenticator) {
        if (line.isTooLong()) {
            return Item.refused(
                    null,
                    TokenException.of(
                            ErrorCode.CONTENT_TOO_LARGE, line + ": a line has at most " + Line.LONGEST + " bytes"));
        }
        try {
            return withAuthenticator(MESSAGES.readSingle(line.bytes()), line, authenticator);
        } catch (MessageException e) {
            return Item.refused(
                    e.id().orElse(null), TokenException.of(ErrorCode.BAD_REQUEST, line + ": " + e.reason()));
        }
    }

    private static Item withAuthenticator(Item item, Line line, String authenticator) {
        if (!item.parameters().get(AUTHENTICATOR).isAbsent()) {
            return Item.refused(
                    item.id(),
                    TokenException.of(
                            ErrorCode.INVALID_AUTHENTICATOR,
                            line + ": " + AUTHENTICATOR + " is given with the stream"));
        }
        item.parameters().add(AUTHENTICATOR, authenticator);
        return item;
    }
}
