package io.playgrant.route.jms;

import io.playgrant.account.QueueCharges;
import io.playgrant.account.QueueCharges.Debt;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.storage.StorageException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code settle-jms-charges}: takes the credits that the results in the body are owed for, once for each message; a result that is
 * not paid becomes a refusal.
 */
final class SettleJmsCharges implements Processor {

    /** Messages have no order; the whole message is the queue that it is remembered by. */
    private static final long PLACE = 0;

    private final QueueCharges charges;
    private final RefusalLog log;
    private final SourceMeters meters;

    SettleJmsCharges(QueueCharges charges, RefusalLog log, SourceMeters meters) {
        this.charges = charges;
        this.log = log;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<TokenResult> results = exchange.getMessage().getBody(List.class);
        Iterator<Boolean> paid = settle(exchange, debts(results)).iterator();
        List<TokenResult> settled = new ArrayList<>(results.size());
        for (TokenResult result : results) {
            settled.add(result.debtor() == null ? result : settled(exchange, result, paid.next()));
        }
        FlowProperties.setPendingRecords(
                exchange,
                settled.stream()
                        .map(TokenResult::record)
                        .filter(Objects::nonNull)
                        .toList());
        exchange.getMessage().setBody(settled);
    }

    private static List<Debt> debts(List<TokenResult> results) {
        List<Debt> debts = new ArrayList<>();
        for (int item = 0; item < results.size(); item++) {
            Long debtor = results.get(item).debtor();
            if (debtor != null) {
                debts.add(new Debt(PLACE, item, debtor));
            }
        }
        return debts;
    }

    private List<Boolean> settle(Exchange exchange, List<Debt> debts) {
        try {
            return charges.settle(exchange.getProperty(JmsProperties.CHARGE_KEY, String.class), debts);
        } catch (StorageException e) {
            throw TokenException.withReason(ErrorCode.ADMIN_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private TokenResult settled(Exchange exchange, TokenResult result, boolean paid) {
        if (paid) {
            meters.succeeded(exchange);
            return result;
        }
        TokenException refusal = TokenException.of(ErrorCode.INSUFFICIENT_TOKENS, "the account has no credits left");
        log.add(
                refusal,
                exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class),
                FlowProperties.JMS,
                Optional.empty());
        meters.refused(exchange, refusal.code());
        return result.refused(refusal.code(), ErrorMessage.of(refusal));
    }
}
