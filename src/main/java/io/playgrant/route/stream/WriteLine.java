package io.playgrant.route.stream;

import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenResult;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code write-line}: a {@link TokenResult} becomes the bytes of a line. */
public final class WriteLine implements Processor {

    @Override
    public void process(Exchange exchange) {
        byte[] result = ResultWriter.write(exchange.getMessage().getBody(TokenResult.class));
        byte[] line = Arrays.copyOf(result, result.length + 1);
        line[result.length] = '\n';
        exchange.getMessage().setBody(line);
    }
}
