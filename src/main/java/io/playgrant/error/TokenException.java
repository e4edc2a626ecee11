package io.playgrant.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal with its documented code.
 *
 * <p>It is a value, not a failure of the program: it has no stack trace. Details are shown to the client and written to the log, so
 * they never contain the value of an authenticator, a kek, an ek or a content key.
 */
public final class TokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final String details;
    private final String reason;
    private final @Nullable Duration retryAfter;

    private TokenException(ErrorCode code, int status, String details, String reason, @Nullable Duration retryAfter) {
        super(message(code, details), null, false, false);
        this.code = code;
        this.status = status;
        this.details = details;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** A refusal that needs no explanation beyond the documented text. */
    public static TokenException of(ErrorCode code) {
        return new TokenException(code, code.httpStatus(), "", "", null);
    }

    /**
     * A refusal with an explanation.
     *
     * @param details the error and the expected form, for the client, without secrets
     */
    public static TokenException of(ErrorCode code, String details) {
        return new TokenException(code, code.httpStatus(), details, "", null);
    }

    /**
     * A refusal whose explanation is for the operator only.
     *
     * @param reason the reason, for the log, without secrets
     */
    public static TokenException withReason(ErrorCode code, String reason) {
        return new TokenException(code, code.httpStatus(), "", reason, null);
    }

    /** The same refusal with another HTTP status than the code's usual one. */
    public TokenException withStatus(int httpStatus) {
        return new TokenException(code, httpStatus, details, reason, retryAfter);
    }

    /**
     * The same refusal with an explanation for the operator.
     *
     * @param why the reason, for the log, without secrets
     */
    public TokenException because(String why) {
        return new TokenException(code, status, details, why, retryAfter);
    }

    /** The same refusal with the time after which the client may retry. */
    public TokenException retryAfter(Duration wait) {
        return new TokenException(code, status, details, reason, wait);
    }

    /** The documented code. */
    public ErrorCode code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The explanation for the client; may be empty. */
    public String details() {
        return details;
    }

    /** The explanation for the log only; may be empty. */
    public String reason() {
        return reason;
    }

    /** How long the client should wait before it retries, if a retry can help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    static String message(ErrorCode code, String details) {
        String message = "[" + code.number() + "] " + code.text();
        return details.isEmpty() ? message : message + ": " + details;
    }
}
