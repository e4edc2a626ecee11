package io.playgrant.route.jms;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.batch.SampleMessage;
import java.util.List;

/** Messages as clients send them. */
final class JmsRequests {

    static final String KEY = secret("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
    static final String KEK = secret("00112233445566778899aabbccddeeff");

    private JmsRequests() {}

    static String single(String id, String authenticator) {
        return message(authenticator).json(id);
    }

    /** A request for a stored key, so that the key storage is asked. */
    static String stored(String id, String authenticator) {
        return message(authenticator)
                .without("contentKey")
                .with("kid", "^stored")
                .with("kek", KEK)
                .json(id);
    }

    static String batch(String id, String authenticator, List<String> ids) {
        String requests = ids.stream()
                .map(one -> "{\"id\":\"" + one + "\",\"parameters\":{\"contentKey\":\"" + KEY + "\"}}")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return "{\"id\":\"" + id + "\",\"defaults\":{\"customerAuthenticator\":\"" + authenticator
                + "\",\"kid\":\"^film\",\"securityLevel\":1,\"hdcpOutputControl\":0},\"requests\":[" + requests + "]}";
    }

    /** Without an authenticator if it is empty. */
    static String parameters(String authenticator) {
        return message(authenticator).parameters();
    }

    private static SampleMessage message(String authenticator) {
        SampleMessage message = SampleMessage.of(KEY);
        return authenticator.isEmpty() ? message : message.withAuthenticator(authenticator);
    }
}
