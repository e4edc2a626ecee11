package io.playgrant.route;

import io.playgrant.batch.TokenResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers the {@link TokenResult}s of a message's items, in their order, as a list in the body. */
final class CollectResults implements AggregationStrategy {

    @Override
    public Exchange aggregate(@Nullable Exchange gathered, Exchange next) {
        if (gathered == null) {
            List<TokenResult> results = new ArrayList<>();
            add(results, next);
            next.getMessage().setBody(results);
            return next;
        }
        @SuppressWarnings("unchecked")
        List<TokenResult> results = gathered.getMessage().getBody(List.class);
        add(results, next);
        return gathered;
    }

    /** An item that failed has no result; its exception ends the flow. */
    private static void add(List<TokenResult> results, Exchange item) {
        if (item.getMessage().getBody() instanceof TokenResult result) {
            results.add(result);
        }
    }
}
