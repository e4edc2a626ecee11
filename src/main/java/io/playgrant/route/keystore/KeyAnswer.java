package io.playgrant.route.keystore;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the key storage is answered.
 *
 * @param status the HTTP status
 * @param location where the key is that was made; null if none was
 * @param body what is written as json, or a text that is written as it is
 */
record KeyAnswer(int status, @Nullable String location, Object body) {

    private static final int OK = 200;
    private static final int CREATED = 201;

    /** The answer to an operation that creates no key. */
    static KeyAnswer of(Object body) {
        return new KeyAnswer(OK, null, body);
    }

    /** The answer to the creation of a key. */
    static KeyAnswer created(Object body, String location) {
        return new KeyAnswer(CREATED, location, body);
    }

    void writeTo(Message message) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        if (location != null) {
            message.setHeader("Location", location);
        }
        message.setBody(body);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "KeyAnswer " + status;
    }
}
