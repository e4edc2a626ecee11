package io.playgrant.cli.dev;

import io.playgrant.license.cloud.CloudProvider.Padding;
import java.util.Locale;
import java.util.Set;

/**
 * How the stand-in answers.
 *
 * @param delayMillis how long it waits before each answer
 * @param httpStatus the HTTP status
 * @param status the status in the answer; with another than {@code OK}, the answer has no licence
 * @param internalStatus the internal status in the answer
 * @param fault the fault of the answer
 * @param paddings the paddings of signatures that it accepts
 */
public record StandInBehaviour(
        int delayMillis, int httpStatus, String status, int internalStatus, Fault fault, Set<Padding> paddings) {

    /** At once and without a fault. */
    public static final StandInBehaviour GOOD =
            new StandInBehaviour(0, 200, "OK", 0, Fault.NONE, Set.of(Padding.ZERO, Padding.PKCS7));

    /** The beginning of a content id that changes the answer to one request, for example {@code stand-in:status=ACCESS_DENIED,slow=100}. */
    public static final String PREFIX = "stand-in:";

    /** A fault of an answer. */
    public enum Fault {
        NONE,
        /** A page of html. */
        HTML,
        /** No body. */
        EMPTY,
        /** The beginning of a JSON object. */
        TRUNCATED,
        /** 10 MB of JSON. */
        HUGE,
        /** The connection ends in the middle of the answer. */
        CUT,
        /** The connection ends before the answer. */
        RESET,
        /** The status OK without a licence. */
        NO_LICENSE,
        /** The status OK with a licence for another key. */
        OTHER_KEY
    }

    /** The paddings are copied. */
    public StandInBehaviour {
        paddings = Set.copyOf(paddings);
    }

    /**
     * This behaviour, changed by a content id.
     *
     * @throws IllegalArgumentException if the content id begins with {@link #PREFIX} and continues with anything unknown
     */
    StandInBehaviour changedBy(String contentId) {
        if (!contentId.startsWith(PREFIX)) {
            return this;
        }
        StandInBehaviour changed = this;
        for (String part : contentId.substring(PREFIX.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(part);
            }
            changed = changed.with(part.substring(0, equals), part.substring(equals + 1));
        }
        return changed;
    }

    private StandInBehaviour with(String name, String value) {
        return switch (name) {
            case "slow" -> withDelay(Integer.parseInt(value));
            case "http" -> withHttpStatus(Integer.parseInt(value));
            case "status" -> withStatus(value, internalStatus);
            case "internal" -> withStatus(status, Integer.parseInt(value));
            case "fault" -> withFault(Fault.valueOf(value.replace('-', '_').toUpperCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The same with another delay. */
    public StandInBehaviour withDelay(int millis) {
        return new StandInBehaviour(millis, httpStatus, status, internalStatus, fault, paddings);
    }

    /** The same with another HTTP status. */
    public StandInBehaviour withHttpStatus(int code) {
        return new StandInBehaviour(delayMillis, code, status, internalStatus, fault, paddings);
    }

    /** The same with another status. */
    public StandInBehaviour withStatus(String name, int internal) {
        return new StandInBehaviour(delayMillis, httpStatus, name, internal, fault, paddings);
    }

    /** The same with a fault. */
    public StandInBehaviour withFault(Fault other) {
        return new StandInBehaviour(delayMillis, httpStatus, status, internalStatus, other, paddings);
    }

    /** The same that accepts only one padding. */
    public StandInBehaviour withPadding(Padding only) {
        return new StandInBehaviour(delayMillis, httpStatus, status, internalStatus, fault, Set.of(only));
    }
}
