package io.playgrant.route.jms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenResult;
import io.playgrant.config.JmsSettings;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.jms.JmsRequest.AnswerTo;
import io.playgrant.route.queue.Settlement;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** The steps of {@code routes/token-jms.camel.yaml}. */
final class JmsSteps {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NO_REPLY = "the queue of JMSReplyTo does not exist, or must not be written to";

    private final JmsRequestReader reader;
    private final String requestQueue;
    private final FailedAttempts failures;
    private final Settlement settlement;
    private final RefusalLog log;
    private final SourceMeters meters;

    JmsSteps(
            JmsSettings settings, FailedAttempts failures, Settlement settlement, RefusalLog log, SourceMeters meters) {
        this.reader = new JmsRequestReader(settings, failures);
        this.requestQueue = settings.requestQueue();
        this.failures = failures;
        this.settlement = settlement;
        this.log = log;
        this.meters = meters;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.processor("receive-jms-message", this::receive);
        steps.value(
                "jms-pause",
                JmsRequest.class,
                request -> request.delivery().pause().toMillis());
        steps.step("read-jms-message", JmsRequest.class, reader::read);
        steps.decision(
                "jms-message-is-refused",
                JmsRequest.class,
                request -> request.refusal().isPresent());
        steps.processor("refuse-jms-message", this::refuse);
        steps.step("settle-jms-charges", JmsRequest.class, this::settle);
        steps.processor("write-jms-results", JmsSteps::writeResults);
        steps.decision("jms-answer-is-for-sender", JmsRequest.class, isFor(AnswerTo.SENDER));
        steps.decision("jms-answer-is-for-results", JmsRequest.class, isFor(AnswerTo.RESULT_QUEUE));
        steps.step("note-unanswered", JmsRequest.class, request -> request.addDeadLetterReason(NO_REPLY));
        steps.decision(
                "jms-dead-letter-is-due",
                JmsRequest.class,
                request -> request.deadLetterReason().isPresent());
        steps.processor("write-jms-dead-letter", this::writeDeadLetter);
    }

    private static Predicate<JmsRequest> isFor(AnswerTo recipient) {
        return request -> request.answerTo() == recipient;
    }

    /**
     * Takes the message out of the exchange, whose headers are the client's: none of them goes further. A failure on the way to the answer
     * is counted as the message's, unless the broker failed.
     */
    private void receive(Exchange exchange) throws JMSException {
        JmsRequest request = new JmsRequest(exchange.getMessage().getBody(jakarta.jms.Message.class));
        exchange.setMessage(new DefaultMessage(exchange.getContext()));
        request.begin(exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                count(request, failed.getException());
            }
        });
    }

    private void count(JmsRequest request, Throwable failure) {
        if (FailureMessages.causes(failure).noneMatch(FailureMessages::isOfBroker)) {
            request.chargeKey().ifPresent(failures::add);
        }
    }

    /** The refusal of a message becomes its answer, and a line in the log. */
    private void refuse(Exchange exchange) {
        JmsRequest request = RequestContext.of(exchange, JmsRequest.class);
        TokenException refusal = request.refusal().orElseThrow();
        log.add(refusal, request.id(), request.source(), Optional.empty());
        meters.refused(request, refusal.code());
        answer(exchange, ResultWriter.write(TokenResult.of(request.clientId(), ErrorMessage.of(refusal))));
    }

    /** Takes the credits once for each message, however often it is delivered. */
    private void settle(JmsRequest request) {
        request.setRecords(settlement.settle(request.chargeKey().orElseThrow(), List.of(request)));
    }

    private static void writeResults(Exchange exchange) {
        JmsRequest request = RequestContext.of(exchange, JmsRequest.class);
        // In one piece: brokers split large messages themselves.
        answer(
                exchange,
                ResultWriter.write(request.message(), request.results(), Integer.MAX_VALUE)
                        .get(0));
    }

    /** Makes the answer the exchange's message, addressed to the JMSReplyTo if there is one. */
    private static void answer(Exchange exchange, byte[] json) {
        JmsDelivery delivery = RequestContext.of(exchange, JmsRequest.class).delivery();
        Message reply = new DefaultMessage(exchange.getContext());
        reply.setBody(new String(json, StandardCharsets.UTF_8));
        if (delivery.correlationId() != null) {
            reply.setHeader(JmsConstants.JMS_HEADER_CORRELATION_ID, delivery.correlationId());
        }
        if (delivery.replyTo() != null) {
            reply.setHeader(JmsConstants.JMS_DESTINATION, delivery.replyTo());
        }
        exchange.setMessage(reply);
    }

    /** Names a message that was not answered as it should, but none of its content, which may hold secrets. */
    private void writeDeadLetter(Exchange exchange) throws IOException {
        JmsRequest request = RequestContext.of(exchange, JmsRequest.class);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeIfKnown(json, "id", request.clientId());
            json.writeStringField("reason", request.deadLetterReason().orElseThrow());
            json.writeStringField("queue", requestQueue);
            writeIfKnown(json, "JMSMessageID", request.delivery().messageId());
            json.writeEndObject();
        }
        Message letter = new DefaultMessage(exchange.getContext());
        letter.setBody(text.toString());
        exchange.setMessage(letter);
    }

    private static void writeIfKnown(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
