package io.playgrant.license.clearkey;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeRules;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** The licence of Clear Key (EME section 9.1.4): a JWK Set with the keys of the token that the player asks for. */
public final class ClearKeyLicense {

    private static final JsonFactory JSON = new JsonFactory();

    private ClearKeyLicense() {}

    /**
     * Reads a request.
     *
     * @param request a Clear Key licence request (EME section 9.1.3)
     * @return a request for a new licence, which is offline if the licence shall be stored
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} with status 400 if it is no such request, with the reason
     */
    public static Challenge read(byte[] request) {
        return ClearKeyRequest.read(request);
    }

    /**
     * The licence for a request. Keys that the player asks for and the token does not hold are left out.
     *
     * @param request a Clear Key licence request (EME section 9.1.3)
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} with status 400 if it is no such request, {@link
     *     ErrorCode#INVALID_TOKEN} if the token holds none of the keys or does not allow a licence of this type
     */
    public static byte[] answer(byte[] request, Claims token) {
        Challenge asked = read(request);
        ChallengeRules.requirePersistence(asked, token);
        List<TokenKey> keys = asked.keyIds().stream()
                .flatMap(kid -> token.keys().stream()
                        .filter(key -> key.kid().equals(kid))
                        .limit(1))
                .toList();
        if (keys.isEmpty()) {
            throw TokenException.withReason(ErrorCode.INVALID_TOKEN, "wrong content");
        }
        return write(keys, asked.offline());
    }

    private static byte[] write(List<TokenKey> keys, boolean persistent) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(100 * keys.size() + 50);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("keys");
            for (TokenKey key : keys) {
                json.writeStartObject();
                json.writeStringField("kty", "oct");
                writeBase64Url(json, "kid", key.kid().toByteArray());
                writeBase64Url(json, "k", key.contentKey().toByteArray());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("type", persistent ? ClearKeyRequest.PERSISTENT : ClearKeyRequest.TEMPORARY);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Wipes the bytes. */
    private static void writeBase64Url(JsonGenerator json, String name, byte[] bytes) throws IOException {
        json.writeFieldName(name);
        json.writeBinary(Base64Variants.MODIFIED_FOR_URL, bytes, 0, bytes.length);
        Arrays.fill(bytes, (byte) 0);
    }
}
