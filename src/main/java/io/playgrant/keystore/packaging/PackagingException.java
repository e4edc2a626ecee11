package io.playgrant.keystore.packaging;

/** A packager cannot have a key. It is a value and has no stack trace; the message is a sentence without secrets. */
public final class PackagingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    PackagingException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The reasons. */
    public enum Reason {
        /** The content has as many crypto periods as it may have. */
        TOO_MANY_PERIODS,
        /** The content has more keys than a document may have. */
        TOO_MANY_KEYS,
        /** The key has expired. */
        EXPIRED,
        /** The key id belongs to a key of another content. */
        OTHER_CONTENT,
        /** The key id belongs to a key that a client's kek wraps. */
        NOT_HELD
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }
}
