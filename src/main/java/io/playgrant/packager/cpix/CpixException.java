package io.playgrant.packager.cpix;

/**
 * A refused request. The message is the body of the answer: it has the text that SPEKE documents for the fault, if there is one, and
 * repeats nothing of the document but key ids and system ids.
 *
 * <p>It is a value, not a failure of the program: it has no stack trace.
 */
public final class CpixException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;

    private final int status;

    private CpixException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The body is no XML document that the reader accepts. */
    static CpixException notXml(String message) {
        return new CpixException(BAD_REQUEST, message);
    }

    /** The body has too many bytes. */
    static CpixException tooLarge(String message) {
        return new CpixException(TOO_LARGE, message);
    }

    /** The document is XML, but its content is not acceptable. */
    static CpixException of(String message) {
        return new CpixException(UNPROCESSABLE, message);
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}
