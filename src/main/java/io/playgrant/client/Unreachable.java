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

/** Why a server gave no answer, in words: those of Java's client are often none, or those of its insides. */
final class Unreachable {

    private Unreachable() {}

    /**
     * What to throw for a failure.
     *
     * @param server host and port
     * @param silence how long it was waited for the answer
     * @return whether it is worth trying again: what is wrong with a certificate does not pass
     */
    static RuntimeException because(IOException failure, String server, Duration silence) {
        String subject = "The server at " + server;
        if (failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException)) {
            return new SourceAwayException(subject + " has said nothing for " + silence.toSeconds() + " seconds");
        }
        if (failure instanceof SSLException && hasCause(failure, GeneralSecurityException.class)) {
            return new BatchException(subject + " is not trusted: " + distrust(failure));
        }
        return new SourceAwayException(subject + " cannot be reached: " + reason(failure));
    }

    private static String distrust(IOException failure) {
        if (hasCause(failure, CertPathBuilderException.class)) {
            return "no known authority vouches for its certificate";
        }
        return causes(failure)
                .filter(cause -> cause instanceof CertPathValidatorException || cause instanceof CertificateException)
                .reduce((outer, inner) -> inner)
                .map(Unreachable::words)
                .orElseGet(() -> words(failure));
    }

    private static String reason(IOException failure) {
        if (hasCause(failure, UnresolvedAddressException.class)) {
            return "the name of its host is not known";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "nothing answers at that address";
        }
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "the connection is refused";
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
