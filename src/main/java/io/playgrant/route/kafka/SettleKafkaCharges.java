package io.playgrant.route.kafka;

import io.playgrant.account.QueueCharges;
import io.playgrant.account.QueueCharges.Debt;
import io.playgrant.batch.DeadLetter;
import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.kafka.KafkaBacklog.Answer;
import io.playgrant.route.kafka.KafkaBacklog.Unsent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Step {@code settle-kafka-charges}: takes the credits that are owed for a partition's records, by their offsets. Sets the body to the
 * results, and the property {@code deadLetters}, each a list of what is to be sent, and notes what is to be recorded of the results.
 */
final class SettleKafkaCharges implements Processor {

    private static final ErrorMessage NO_CREDITS =
            ErrorMessage.of(TokenException.of(ErrorCode.INSUFFICIENT_TOKENS, "the account has no credits left"));

    private final KafkaBacklog backlog;
    private final QueueCharges charges;
    private final ResultTopic results;
    private final RefusalLog log;
    private final SourceMeters meters;

    SettleKafkaCharges(
            KafkaBacklog backlog, QueueCharges charges, ResultTopic results, RefusalLog log, SourceMeters meters) {
        this.backlog = backlog;
        this.charges = charges;
        this.results = results;
        this.log = log;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        KafkaMessage last = KafkaMessage.of(exchange);
        Unsent unsent = backlog.take(last);
        Iterator<Boolean> paid =
                charges.settle(last.queue(), debts(unsent.answers())).iterator();
        int partition = results.partition(last.partition().partition());
        List<Message> answers = new ArrayList<>();
        List<TokenRecord> records = new ArrayList<>();
        for (Answer answer : unsent.answers()) {
            List<TokenResult> settled = settled(exchange, answer, paid);
            settled.stream().map(TokenResult::record).filter(Objects::nonNull).forEach(records::add);
            for (byte[] json : ResultWriter.write(answer.message(), settled, results.largest())) {
                Message one = message(exchange, json);
                answer.read().address(one, partition);
                answers.add(one);
            }
        }
        FlowProperties.setPendingRecords(exchange, records);
        exchange.getMessage().setBody(answers);
        exchange.setProperty(
                FlowProperties.DEAD_LETTERS,
                unsent.deadLetters().stream()
                        .map(DeadLetter::write)
                        .map(json -> message(exchange, json))
                        .toList());
    }

    private static List<Debt> debts(List<Answer> answers) {
        List<Debt> debts = new ArrayList<>();
        for (Answer answer : answers) {
            for (int item = 0; item < answer.results().size(); item++) {
                Long debtor = answer.results().get(item).debtor();
                if (debtor != null) {
                    debts.add(new Debt(answer.read().offset(), item, debtor));
                }
            }
        }
        return debts;
    }

    private List<TokenResult> settled(Exchange exchange, Answer answer, Iterator<Boolean> paid) {
        return answer.results().stream()
                .map(result -> result.debtor() == null ? result : settled(exchange, answer, result, paid.next()))
                .toList();
    }

    private TokenResult settled(Exchange exchange, Answer answer, TokenResult result, boolean isPaid) {
        if (isPaid) {
            meters.succeeded(exchange);
            return result;
        }
        meters.refused(exchange, ErrorCode.INSUFFICIENT_TOKENS);
        log.add(
                TokenException.withReason(ErrorCode.INSUFFICIENT_TOKENS, "account " + result.debtor()),
                answer.read().toString(),
                FlowProperties.source(exchange),
                Optional.empty());
        return result.refused(ErrorCode.INSUFFICIENT_TOKENS, NO_CREDITS);
    }

    private static Message message(Exchange exchange, byte[] json) {
        Message one = new DefaultMessage(exchange.getContext());
        one.setBody(json);
        return one;
    }
}
