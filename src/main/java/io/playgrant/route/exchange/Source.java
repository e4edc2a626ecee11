package io.playgrant.route.exchange;

import io.playgrant.record.TokenRecord;
import java.util.Locale;

/** How a request for a token came. */
public enum Source {
    /** One request over HTTP. */
    HTTP(TokenRecord.Source.HTTP),
    /** A line of a stream over HTTP. */
    STREAM(TokenRecord.Source.HTTP),
    /** A message of a Kafka topic. */
    KAFKA(TokenRecord.Source.KAFKA),
    /** A message of a JMS queue. */
    JMS(TokenRecord.Source.JMS),
    /** A line of a file, or a command. */
    BATCH(TokenRecord.Source.BATCH),
    /** An operator, with the admin API or the console. */
    CONSOLE(TokenRecord.Source.CONSOLE);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final TokenRecord.Source recorded;

    Source(TokenRecord.Source recorded) {
        this.recorded = recorded;
    }

    /** The name in metrics and log. */
    public String label() {
        return label;
    }

    /** The name in records. */
    public TokenRecord.Source recorded() {
        return recorded;
    }

    /**
     * Whether requests come by a queue. The queue delivers them again after a failure of the service, so that they are charged for by
     * their place in the queue, and recorded, when their results are settled.
     */
    public boolean isQueue() {
        return this == KAFKA || this == JMS;
    }

    /** Whether an account's rate holds. Queues and files are read no faster than the service works. */
    public boolean isRateLimited() {
        return this == HTTP || this == STREAM || this == CONSOLE;
    }
}
