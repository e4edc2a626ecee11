package io.playgrant.contentkey;

/** A kek does not unwrap the given key. The message contains no key material. */
public final class KeyWrapException extends Exception {

    private static final long serialVersionUID = 1L;

    KeyWrapException(String message) {
        super(message, null, false, false);
    }
}
