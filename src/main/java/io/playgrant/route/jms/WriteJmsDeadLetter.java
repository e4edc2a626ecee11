package io.playgrant.route.jms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** Step {@code write-jms-dead-letter}: tells of a message that could not be answered as it should, never what was in it. */
final class WriteJmsDeadLetter implements Processor {

    private static final JsonFactory JSON = new JsonFactory();

    private final String queue;

    WriteJmsDeadLetter(String queue) {
        this.queue = queue;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeIfKnown(json, "id", exchange.getProperty(JmsProperties.ID, String.class));
            json.writeStringField("reason", exchange.getProperty(JmsProperties.DEAD_LETTER, String.class));
            json.writeStringField("queue", queue);
            writeIfKnown(json, "JMSMessageID", JmsProperties.delivery(exchange).messageId());
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
