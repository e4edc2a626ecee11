package io.playgrant.packager.widevine;

/** A request is refused. The message is a reason for the operator, and quotes nothing of the request. */
public final class WidevineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final WidevineStatus status;

    public WidevineException(WidevineStatus status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /** The status of the answer. */
    public WidevineStatus status() {
        return status;
    }
}
