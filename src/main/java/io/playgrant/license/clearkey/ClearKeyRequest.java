package io.playgrant.license.clearkey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads licence requests of Clear Key (EME section 9.1.3). */
final class ClearKeyRequest {

    /** The types of a licence. */
    static final String TEMPORARY = "temporary";

    static final String PERSISTENT = "persistent-license";

    private static final int LONGEST = 64 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder()
            // Names that players choose must not fill tables that outlive the body.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ClearKeyRequest() {}

    /**
     * Reads a request. Beside a key id that a token can have, others are ignored, as are unknown members.
     *
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} with status 400 if it is none, with the reason
     */
    static Challenge read(byte[] request) {
        if (request.length > LONGEST) {
            throw noRequest("the body has " + request.length + " bytes, a licence request at most " + LONGEST);
        }
        CharBuffer text = decode(request);
        try (JsonParser json = JSON.createParser(text.array(), 0, text.limit())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noRequest("the body is no JSON object");
            }
            Challenge read = readObject(json);
            if (json.nextToken() != null) {
                throw noRequest("there is something after the JSON object");
            }
            return read;
        } catch (IOException e) {
            // Without the parser's message, which may quote the body.
            throw noRequest("the body is no JSON, or was cut");
        }
    }

    /** Jackson would detect other encodings and tolerate malformed UTF-8. */
    private static CharBuffer decode(byte[] request) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request));
        } catch (CharacterCodingException e) {
            throw noRequest("the body is not UTF-8");
        }
    }

    private static Challenge readObject(JsonParser json) throws IOException {
        Set<KeyId> kids = null;
        Boolean persistent = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if ((name.equals("kids") && kids != null) || (name.equals("type") && persistent != null)) {
                throw noRequest(name + " must be given once");
            }
            if (name.equals("kids")) {
                kids = kids(json);
            } else if (name.equals("type")) {
                persistent = isPersistent(json.getValueAsString());
            } else {
                json.skipChildren();
            }
        }
        if (kids == null) {
            throw noRequest("kids are missing");
        }
        if (kids.isEmpty()) {
            throw noRequest("none of kids is the base64url of 16 bytes");
        }
        return new Challenge(Challenge.Kind.NEW, List.copyOf(kids), Boolean.TRUE.equals(persistent), Optional.empty());
    }

    private static boolean isPersistent(@Nullable String type) {
        if (TEMPORARY.equals(type)) {
            return false;
        }
        if (PERSISTENT.equals(type)) {
            return true;
        }
        throw noRequest("type must be " + TEMPORARY + " or " + PERSISTENT);
    }

    private static Set<KeyId> kids(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw noRequest("kids must be an array");
        }
        Set<KeyId> kids = new LinkedHashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw noRequest("kids must be texts");
            }
            kid(json.getText()).ifPresent(kids::add);
        }
        return kids;
    }

    private static Optional<KeyId> kid(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == KeyId.LENGTH ? Optional.of(KeyId.of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TokenException noRequest(String reason) {
        return TokenException.of(ErrorCode.LICENSE_GENERATION_FAILED, "no licence request")
                .withStatus(400)
                .because(reason);
    }
}
