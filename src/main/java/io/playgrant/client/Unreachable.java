package io.playgrant.client;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.SourceAwayException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains why a server did not answer. The messages of Java's client are often missing, or about its internals. */
final class Unreachable {

    private Unreachable() {}

    /**
     * The exception to throw for a failure.
     *
     * @param server host and port
     * @param silence the timeout for the answer
     * @return a {@link SourceAwayException} if a retry may succeed; an untrusted certificate is permanent
     */
    static RuntimeException because(IOException failure, String server, Duration silence) {
        String subject = "The server at " + server;
        if (failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException)) {
            return new SourceAwayException(subject + " has sent nothing for " + silence.toSeconds() + " seconds");
        }
        if (failure instanceof SSLException && hasCause(failure, GeneralSecurityException.class)) {
            return new BatchException(subject + " is not trusted: " + distrust(failure));
        }
        return new SourceAwayException(subject + " cannot be reached: " + reason(failure));
    }

    private static String distrust(IOException failure) {
        if (hasCause(failure, CertPathBuilderException.class)) {
            return "no trusted authority issued its certificate";
        }
        return causes(failure)
                .filter(cause -> cause instanceof CertPathValidatorException || cause instanceof CertificateException)
                .reduce((outer, inner) -> inner)
                .map(Unreachable::words)
                .orElseGet(() -> words(failure));
    }

    private static String reason(IOException failure) {
        if (hasCause(failure, UnresolvedAddressException.class)) {
            return "its host name cannot be resolved";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "the connection timed out";
        }
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "the connection was refused";
        }
        return words(failure);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static boolean hasCause(Throwable failure, Class<?> kind) {
        return causes(failure).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
