package io.playgrant.route.license;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a call of the licence service has no response. Messages of libraries may quote the request, so none is passed on. */
final class CloudFailures {

    private CloudFailures() {}

    /** The cause that matters: a time limit, if one is among the causes. */
    static Throwable cause(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return cause;
            }
            last = cause;
        }
        return last;
    }

    /** Whether another attempt may help. A service that is too slow would keep the player waiting for twice the time. */
    static boolean mayPass(Throwable failure) {
        return !(failure instanceof TimeoutException) && !(failure instanceof LimitedBody.TooLargeException);
    }

    /** The reason for the operator. */
    static String reason(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "its host name is unknown";
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused or took too long";
        }
        if (failure instanceof SSLException) {
            return "its certificate or its TLS is not accepted";
        }
        if (failure instanceof LimitedBody.TooLargeException) {
            return "its response is too large";
        }
        return "the connection broke (" + failure.getClass().getSimpleName() + ")";
    }
}
