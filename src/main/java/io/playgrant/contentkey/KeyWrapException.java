package io.playgrant.contentkey;

/** Wrapped key data that does not open under the given kek. Its message holds no key material. */
public final class KeyWrapException extends Exception {

    private static final long serialVersionUID = 1L;

    KeyWrapException(String message) {
        super(message, null, false, false);
    }
}
