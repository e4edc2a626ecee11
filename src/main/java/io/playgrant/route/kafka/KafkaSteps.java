package io.playgrant.route.kafka;

import io.playgrant.account.QueueCharges;
import io.playgrant.app.Application;
import io.playgrant.batch.DeadLetter;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.kafka.RetryDelays.Series;
import io.playgrant.route.queue.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/token-kafka.camel.yaml}. To be configured after those that all routes share. */
final class KafkaSteps implements CamelConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSteps.class);
    private static final byte[] NOTHING = new byte[0];

    /** Five full batches: a poll may bring hundreds, which would fill the memory, and the transaction that charges for them. */
    private static final int MANY = 5 * MessageReader.MOST_REQUESTS;

    private final MessageReader reader;
    private final QueueCharges charges;
    private final ResultTopic results;
    private final SourceMeters meters;
    private final RetryDelays delays;
    private final KafkaBacklog backlog = new KafkaBacklog();
    private final OldCharges oldCharges;

    KafkaSteps(Application application, Optional<String> authenticator, ResultTopic results, SourceMeters meters) {
        this.reader = new MessageReader(authenticator);
        this.charges = application.queueCharges();
        this.results = results;
        this.meters = meters;
        this.delays = new RetryDelays(application.clock());
        this.oldCharges = new OldCharges(charges);
    }

    /** What keeps partitions from being answered, if anything has done so for a while. */
    Optional<String> problem() {
        return delays.problem();
    }

    @Override
    public void configure(CamelContext context) {
        RefusalLog log = CamelContextHelper.mandatoryLookup(context, RefusalLog.NAME, RefusalLog.class);
        Settlement settlement = new Settlement(charges, log, meters);
        StepRegistry steps = new StepRegistry(context);
        steps.processor("read-kafka-message", this::read);
        steps.decision(
                "kafka-message-is-refused",
                KafkaMessage.class,
                message -> message.deadLetter().isPresent());
        steps.step("keep-dead-letter", KafkaMessage.class, message -> keepDeadLetter(message, log));
        steps.step("keep-results", KafkaMessage.class, this::keepResults);
        steps.decision("kafka-results-are-due", KafkaMessage.class, KafkaMessage::isDue);
        steps.step("settle-kafka-charges", KafkaMessage.class, message -> settle(message, settlement));
        steps.answer("write-kafka-results", KafkaMessage.class, message -> writeResults(context, message));
        steps.answer("write-kafka-dead-letters", KafkaMessage.class, message -> writeDeadLetters(context, message));
        steps.step("commit-offsets", KafkaMessage.class, this::commitOffsets);
        steps.step(
                "forget-charges", KafkaMessage.class, last -> oldCharges.forgetBefore(last.queue(), last.place() + 1));
        steps.processor("wait-before-retry", this::waitBeforeRetry);
    }

    private void read(Exchange exchange) {
        byte @Nullable [] json = exchange.getMessage().getBody(byte[].class);
        KafkaMessage message = KafkaMessage.take(exchange);
        message.begin(exchange);
        try {
            checkKey(message);
            message.setMessage(reader.read(json == null ? NOTHING : json));
        } catch (MessageException e) {
            message.refuse(e.id(), e.reason());
        }
    }

    /** The answer carries the key too, beside the rest that must fit in there. */
    private static void checkKey(KafkaMessage message) {
        if (message.keyLength() > ResultTopic.LONGEST_KEY) {
            throw new MessageException(null, "a key has at most " + ResultTopic.LONGEST_KEY + " bytes");
        }
    }

    private void keepDeadLetter(KafkaMessage message, RefusalLog log) {
        DeadLetter letter = message.deadLetter().orElseThrow();
        backlog.add(message, letter);
        meters.refused(message, ErrorCode.BAD_REQUEST);
        log.add(
                TokenException.of(ErrorCode.BAD_REQUEST, letter.reason()),
                message.id(),
                message.source(),
                Optional.empty());
    }

    /** The results wait for the end of the poll, or until there are many. */
    private void keepResults(KafkaMessage message) {
        if (backlog.add(message) >= MANY) {
            message.setDue();
        }
    }

    /** Settles all messages of the partition up to this one. */
    private void settle(KafkaMessage last, Settlement settlement) {
        KafkaBacklog.Unsent unsent = backlog.take(last);
        last.setUnsent(unsent.answered(), unsent.deadLetters());
        last.setRecords(settlement.settle(last.queue(), unsent.answered()));
    }

    private List<Message> writeResults(CamelContext context, KafkaMessage last) {
        int partition = results.partition(last.partition().partition());
        List<Message> answers = new ArrayList<>();
        for (KafkaMessage answered : last.answered()) {
            for (byte[] json : ResultWriter.write(answered.message(), answered.results(), results.largest())) {
                Message answer = message(context, json);
                answered.address(answer, partition);
                answers.add(answer);
            }
        }
        return answers;
    }

    private static List<Message> writeDeadLetters(CamelContext context, KafkaMessage last) {
        return last.deadLetters().stream()
                .map(DeadLetter::write)
                .map(json -> message(context, json))
                .toList();
    }

    private static Message message(CamelContext context, byte[] json) {
        Message message = new DefaultMessage(context);
        message.setBody(json);
        return message;
    }

    private void commitOffsets(KafkaMessage last) {
        last.commitNext();
        delays.succeeded(last.queue());
    }

    /** The partition will be read again from its committed offset; not at once. */
    private void waitBeforeRetry(Exchange exchange) throws InterruptedException {
        KafkaMessage failed = RequestContext.of(exchange, KafkaMessage.class);
        backlog.drop(failed.partition());
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (FailureMessages.causes(failure).anyMatch(RecordTooLargeException.class::isInstance)) {
            results.wasTooLarge();
        } else {
            results.askAgain();
        }
        Series failures = delays.failed(failed.queue(), FailureMessages.reason(failure));
        LOG.error(
                "Records up to {} cannot be answered now and are tried again in {} ms: {}",
                failed.id(),
                failures.delay().toMillis(),
                reason(failure, failures));
        RoutePause.rest(exchange.getContext(), exchange.getFromRouteId(), failures.delay());
    }

    /** The place of an unforeseen failure is logged once. */
    private static String reason(Throwable failure, Series failures) {
        return failures.isNew() && FailureMessages.foreseen(failure).isEmpty()
                ? FailureTrace.withoutMessages(failure)
                : failures.reason();
    }
}
