package io.playgrant.route.stream;

import io.playgrant.batch.Item;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.ItemRoute;
import io.playgrant.route.exchange.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Has a token issued for each line of one stream, and writes the answers as lines. */
final class LineIssuer {

    private static final String AUTHENTICATOR = "customerAuthenticator";
    private static final MessageReader MESSAGES = new MessageReader(Optional.empty());
    private static final int USUAL_RESULT = 384;

    private final Issuance stream;
    private final ItemRoute route;
    private final String authenticator;

    /**
     * An issuer for one stream.
     *
     * @param stream the request that opened the stream, once its caller was admitted
     * @param route issues a token for each line
     */
    LineIssuer(Issuance stream, ItemRoute route) {
        this.stream = stream;
        this.route = route;
        this.authenticator = stream.customerAuthenticator().value();
    }

    /**
     * Answers lines, one after the other, on a worker.
     *
     * @param isGone whether nobody is left to take the answers; then those that are left are not answered
     */
    LineAnswers answer(List<Line> lines, BooleanSupplier isGone) throws Exception {
        Buffer results = Buffer.buffer(USUAL_RESULT * lines.size());
        for (int i = 0; i < lines.size() && !isGone.getAsBoolean(); i++) {
            try {
                Outcome outcome = route.issue(stream.ofLine(read(lines.get(i))));
                results.appendBytes(ResultWriter.write(outcome.result())).appendByte((byte) '\n');
            } catch (TokenException refusal) {
                if (refusal.retryAfter().isEmpty()) {
                    throw refusal;
                }
                return new LineAnswers(
                        results,
                        lines.subList(i, lines.size()),
                        refusal.retryAfter().get());
            }
        }
        return LineAnswers.complete(results);
    }

    /** A line that is no request becomes an item that is refused. */
    private Item read(Line line) {
        if (line.isTooLong()) {
            return Item.refused(
                    null,
                    TokenException.of(
                            ErrorCode.CONTENT_TOO_LARGE, line + ": a line has at most " + Line.LONGEST + " bytes"));
        }
        try {
            return withAuthenticator(MESSAGES.readSingle(line.bytes()), line);
        } catch (MessageException e) {
            return Item.refused(
                    e.id().orElse(null), TokenException.of(ErrorCode.BAD_REQUEST, line + ": " + e.reason()));
        }
    }

    private Item withAuthenticator(Item item, Line line) {
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
