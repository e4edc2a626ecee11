package io.playgrant.route.kafka;

import io.playgrant.batch.DeadLetter;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.row.MessageException;
import io.playgrant.route.exchange.FlowProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Step {@code read-kafka-record}: sets the property {@code items}, or {@code refused}. */
final class ReadKafkaRecord implements Processor {

    private static final byte[] NOTHING = {};

    private final MessageReader reader;

    ReadKafkaRecord(MessageReader reader) {
        this.reader = reader;
    }

    @Override
    public void process(Exchange exchange) {
        byte @Nullable [] json = exchange.getMessage().getBody(byte[].class);
        KafkaMessage kafka = KafkaMessage.read(exchange);
        exchange.setProperty(FlowProperties.SOURCE, FlowProperties.KAFKA);
        exchange.setProperty(FlowProperties.CHARGING, FlowProperties.LATER);
        exchange.setProperty(FlowProperties.RESULTS_DUE, Boolean.toString(kafka.isLast()));
        try {
            checkKey(kafka);
            FlowProperties.setMessage(exchange, reader.read(json == null ? NOTHING : json));
        } catch (MessageException e) {
            FlowProperties.setDeadLetter(exchange, new DeadLetter(e.id().orElse(null), e.reason(), place(kafka)));
        }
    }

    /** The answer carries it too, beside what must fit in there. */
    private static void checkKey(KafkaMessage kafka) {
        if (kafka.key() != null && kafka.key().length > ResultTopic.LONGEST_KEY) {
            throw new MessageException(null, "a key has at most " + ResultTopic.LONGEST_KEY + " bytes");
        }
    }

    private static Map<String, Object> place(KafkaMessage kafka) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("topic", kafka.partition().topic());
        place.put("partition", kafka.partition().partition());
        place.put("offset", kafka.offset());
        return place;
    }
}
