package io.playgrant.route;

import io.playgrant.token.TokenKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers the {@link TokenKey}s that the branches of the key material give, in the request's order, as a list in the body. */
final class CollectKeys implements AggregationStrategy {

    @Override
    public Exchange aggregate(@Nullable Exchange gathered, Exchange next) {
        if (gathered == null) {
            List<TokenKey> keys = new ArrayList<>();
            add(keys, next);
            next.getMessage().setBody(keys);
            return next;
        }
        @SuppressWarnings("unchecked")
        List<TokenKey> keys = gathered.getMessage().getBody(List.class);
        add(keys, next);
        return gathered;
    }

    /** A branch that failed has no key; its exception ends the flow. */
    private static void add(List<TokenKey> keys, Exchange branch) {
        if (branch.getMessage().getBody() instanceof TokenKey key) {
            keys.add(key);
        }
    }
}
