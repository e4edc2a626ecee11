package io.playgrant.route.queue;

import io.playgrant.account.QueueCharges;
import io.playgrant.account.QueueCharges.Debt;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.Outcome;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the credits that are owed for the requests of messages, before their results are sent. A queue may deliver a message again: what was
 * decided about its place stands, so that it is paid for once.
 */
public final class Settlement {

    private static final String NO_CREDITS = "the account has no credits left";

    private final QueueCharges charges;
    private final RefusalLog log;
    private final SourceMeters meters;

    public Settlement(QueueCharges charges, RefusalLog log, SourceMeters meters) {
        this.charges = charges;
        this.log = log;
        this.meters = meters;
    }

    /**
     * Settles messages of one queue, all in one transaction. A request that is not paid for is refused.
     *
     * @param queue the name by which charges are remembered
     * @return the records of the messages' answers
     * @throws io.playgrant.storage.StorageException if the database is out of reach; the messages stay as they were
     */
    public List<TokenRecord> settle(String queue, List<? extends QueueMessage> messages) {
        Iterator<Boolean> paid = charges.settle(queue, debts(messages)).iterator();
        List<TokenRecord> records = new ArrayList<>();
        for (QueueMessage message : messages) {
            List<Outcome> settled = new ArrayList<>(message.outcomes().size());
            for (Outcome outcome : message.outcomes()) {
                settled.add(outcome.debtor() == null ? outcome : settled(message, outcome, paid.next()));
            }
            message.setOutcomes(settled);
            settled.stream().map(Outcome::record).filter(Objects::nonNull).forEach(records::add);
        }
        return records;
    }

    private static List<Debt> debts(List<? extends QueueMessage> messages) {
        List<Debt> debts = new ArrayList<>();
        for (QueueMessage message : messages) {
            for (int item = 0; item < message.outcomes().size(); item++) {
                Long debtor = message.outcomes().get(item).debtor();
                if (debtor != null) {
                    debts.add(new Debt(message.place(), item, debtor));
                }
            }
        }
        return debts;
    }

    private Outcome settled(QueueMessage message, Outcome outcome, boolean isPaid) {
        if (isPaid) {
            meters.succeeded(message);
            return outcome;
        }
        TokenException refusal = TokenException.of(ErrorCode.INSUFFICIENT_TOKENS, NO_CREDITS);
        meters.refused(message, refusal.code());
        log.add(refusal.because("account " + outcome.debtor()), message.id(), message.source(), Optional.empty());
        return outcome.refused(refusal);
    }
}
