package io.playgrant.license.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.token.Claims;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The bodies of the requests to Widevine's licence service: a message, its signature, and the provider who signed it. */
public final class CloudRequests {

    private static final JsonFactory JSON = new JsonFactory();

    /** SignedMessage with the type "service certificate request". */
    private static final byte[] CERTIFICATE_CHALLENGE = {8, 4};

    private CloudRequests() {}

    /**
     * The request for a licence, its renewal or its release.
     *
     * @param challenge the player's licence request, which has been {@linkplain ChallengeReader read}
     * @param now the current time, from which the rest of a rental period counts
     */
    public static byte[] license(byte[] challenge, Claims token, CloudProvider provider, Instant now) {
        Challenge.Kind kind = ChallengeReader.read(challenge).kind();
        return signed(
                CloudMessage.license(challenge, kind, token, provider, now).bytes(), provider);
    }

    /** The request for the service certificate. */
    public static byte[] certificate(CloudProvider provider) {
        return signed(CloudMessage.certificate(CERTIFICATE_CHALLENGE, provider).bytes(), provider);
    }

    /**
     * The message of {@link #license}, for people: indented, and with masks instead of the content keys.
     *
     * @param challenge empty if there is none yet
     */
    public static String masked(byte[] challenge, Claims token, CloudProvider provider, Instant now) {
        Challenge.Kind kind = challenge.length == 0
                ? Challenge.Kind.NEW
                : ChallengeReader.read(challenge).kind();
        return new String(
                CloudMessage.license(challenge, kind, token, provider, now).maskedBytes(), StandardCharsets.UTF_8);
    }

    /** Whether the token has Widevine extensions. The licence service has no counterpart for them, so they have no effect. */
    public static boolean ignoresExtensions(Claims token) {
        return !token.extensions().isEmpty();
    }

    private static byte[] signed(byte[] message, CloudProvider provider) {
        byte[] request = Base64.getEncoder().encode(message);
        ByteArrayOutputStream body = new ByteArrayOutputStream(message.length * 4 / 3 + 200);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeFieldName("request");
            json.writeRawUTF8String(request, 0, request.length);
            json.writeBinaryField("signature", CloudSignature.of(message, provider));
            json.writeStringField("signer", provider.name());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(message, (byte) 0);
            Arrays.fill(request, (byte) 0);
        }
        return body.toByteArray();
    }
}
