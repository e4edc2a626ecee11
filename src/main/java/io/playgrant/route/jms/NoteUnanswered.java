package io.playgrant.route.jms;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code note-unanswered}: an answer that nobody can be given makes a dead letter. */
final class NoteUnanswered implements Processor {

    private static final String REASON = "the queue of JMSReplyTo does not exist, or must not be written to";

    @Override
    public void process(Exchange exchange) {
        String before = exchange.getProperty(JmsProperties.DEAD_LETTER, String.class);
        exchange.setProperty(JmsProperties.DEAD_LETTER, before == null ? REASON : before + "; also: " + REASON);
    }
}
