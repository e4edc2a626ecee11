package io.playgrant.route.http;

import java.util.List;

/**
 * An HTTP request as the routes see it. None of it is a message header, so that none of it can be returned as one.
 *
 * @param id the id in the answer's {@code X-Request-Id} and in the log
 * @param method the request method
 * @param path the path, without query
 * @param query the query as it was sent, empty if there is none; may hold secrets
 * @param connection the connection that it came by
 * @param contentType the media type with its parameters, empty if none was sent
 * @param accept the value of {@code Accept}, empty if none was sent
 * @param authorizations the values of {@code Authorization}; may hold secrets
 * @param body the body
 */
public record HttpCall(
        String id,
        String method,
        String path,
        String query,
        ClientConnection connection,
        String contentType,
        String accept,
        List<String> authorizations,
        Body body) {

    /** The largest body that is read, in bytes, unless the endpoint is declared with another limit (protocol section 2). */
    public static final int LARGEST_BODY = 16 * 1024;

    /**
     * The body of a request, or why there is none.
     *
     * @param state the result of reading it
     * @param bytes its content, which may hold secrets; empty unless it was read
     */
    public record Body(State state, byte[] bytes) {

        /** The result of reading a body. */
        public enum State {
            READ,
            UNREAD,
            TOO_LARGE,
            ENCODED,
            MALFORMED
        }

        static final Body EMPTY = new Body(State.READ, new byte[0]);
        static final Body UNREAD = new Body(State.UNREAD, new byte[0]);
        static final Body TOO_LARGE = new Body(State.TOO_LARGE, new byte[0]);

        /** A body in a content coding that is not supported. */
        static final Body ENCODED = new Body(State.ENCODED, new byte[0]);

        static final Body MALFORMED = new Body(State.MALFORMED, new byte[0]);

        static Body of(byte[] bytes) {
            return new Body(State.READ, bytes);
        }

        /** The same body in a content coding that is not supported: its bytes must not be taken for the content. */
        Body encoded() {
            boolean isThere = state == State.UNREAD || bytes.length > 0;
            return isThere ? ENCODED : this;
        }

        /** The state only. */
        @Override
        public String toString() {
            return state.toString();
        }
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "HttpCall[" + id + "]";
    }
}
