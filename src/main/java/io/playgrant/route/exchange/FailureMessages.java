package io.playgrant.route.exchange;

import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import jakarta.jms.JMSException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.springframework.jms.JmsException;

/** Describes failures for the log without secrets, which the messages of unforeseen exceptions may quote. */
public final class FailureMessages {

    private FailureMessages() {}

    /** A failure and its causes. */
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** The messages of foreseen kinds among a failure and its causes; empty if there is none. */
    public static Optional<String> foreseen(Throwable failure) {
        return Optional.of(causes(failure)
                        .map(FailureMessages::message)
                        .flatMap(Optional::stream)
                        .distinct()
                        .collect(Collectors.joining(": ")))
                .filter(reason -> !reason.isEmpty());
    }

    /** The foreseen messages, or else the names of the classes. */
    public static String reason(Throwable failure) {
        return foreseen(failure)
                .orElseGet(() -> "unforeseen: "
                        + causes(failure)
                                .map(cause -> cause.getClass().getName())
                                .collect(Collectors.joining(", ")));
    }

    /** Whether JMS or its broker has failed, and not the processing of a message. */
    public static boolean isOfBroker(Throwable failure) {
        return failure instanceof JmsException || failure instanceof JMSException;
    }

    private static Optional<String> message(Throwable cause) {
        if (cause instanceof TokenException refusal) {
            return Optional.of(refusal.getMessage() + " " + refusal.reason());
        }
        if (cause instanceof StorageException || cause instanceof SSLException) {
            return Optional.ofNullable(cause.getMessage());
        }
        if (cause instanceof KafkaException || isOfBroker(cause)) {
            return Optional.of(cause.getClass().getSimpleName() + ", " + cause.getMessage());
        }
        return Optional.empty();
    }
}
