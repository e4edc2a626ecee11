package io.playgrant.license.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.protobuf.ProtoMessage;
import io.playgrant.token.Claims;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Widevine's licence service. Its {@code session_state}, which contains a secret key, and its free texts are not kept: they
 * could repeat keys of the request.
 *
 * @param content the licence for the player; empty if the request was refused
 * @param device what the service says about the device, also if it refuses
 * @param status the service's own status, such as {@code OK}; empty if the answer has none
 * @param internalStatus the service's internal status; 0 if the answer has none
 * @param refusal why the player gets no licence; empty if it gets one
 */
public record CloudAnswer(
        byte[] content,
        Optional<DeviceFacts> device,
        String status,
        long internalStatus,
        Optional<TokenException> refusal) {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Names that another service chooses must not fill tables that outlive the answer.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();
    private static final byte[] NOTHING = {};

    /** Many times the usual length. */
    private static final int LONGEST = 1024 * 1024;

    private static final String OK = "OK";

    /** Other texts could be anything. */
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /** SignedMessage, License and KeyContainer. */
    private static final int TYPE = 1;

    private static final int MESSAGE = 2;
    private static final int LICENSE = 2;
    private static final int KEY = 3;
    private static final int KEY_ID = 1;

    /**
     * Reads the answer to a request for a new licence.
     *
     * @throws TokenException {@link ErrorCode#DEVICE_NOT_AUTHENTICATED} or {@link ErrorCode#LICENSE_GENERATION_FAILED}, with the reason, if
     *     it brings no licence
     */
    public static CloudAnswer read(int httpStatus, byte[] body, Claims token) {
        CloudAnswer answer = of(httpStatus, body, token, Challenge.Kind.NEW);
        answer.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        return answer;
    }

    /**
     * Reads an answer.
     *
     * @param kind the kind of the request. The licence for a new one must hold a key of the token
     */
    public static CloudAnswer of(int httpStatus, byte[] body, Claims token, Challenge.Kind kind) {
        Optional<JsonNode> json = json(body);
        if (json.isEmpty()) {
            return refused(Optional.empty(), "", 0, unreadable(httpStatus, body));
        }
        JsonNode answer = json.get();
        Optional<DeviceFacts> device = DeviceFacts.of(answer);
        String status = name(answer, "status");
        long internal = answer.path("internal_status").asLong();
        if (!isOk(httpStatus, status)) {
            return refused(device, status, internal, refusal(httpStatus, answer, status, internal));
        }
        byte[] license = base64(answer.path("license").textValue());
        return flaw(license, token, kind)
                .map(flaw -> refused(device, status, internal, failure(flaw)))
                .orElseGet(() -> new CloudAnswer(license, device, status, internal, Optional.empty()));
    }

    /**
     * Reads the answer to a request for the service certificate.
     *
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED}, with the reason, if it brings none
     */
    public static ServiceCertificate certificate(int httpStatus, byte[] body) {
        JsonNode answer = json(body).orElseThrow(() -> unreadable(httpStatus, body));
        String status = name(answer, "status");
        if (!isOk(httpStatus, status)) {
            throw refusal(
                    httpStatus, answer, status, answer.path("internal_status").asLong());
        }
        try {
            return ServiceCertificate.read(base64(answer.path("license").textValue()));
        } catch (IllegalArgumentException e) {
            throw failure("the licence service sent no service certificate: " + e.getMessage());
        }
    }

    private static boolean isOk(int httpStatus, String status) {
        return httpStatus / 100 == 2 && status.equals(OK);
    }

    private static CloudAnswer refused(
            Optional<DeviceFacts> device, String status, long internal, TokenException refusal) {
        return new CloudAnswer(NOTHING, device, status, internal, Optional.of(refusal));
    }

    private static Optional<JsonNode> json(byte[] body) {
        if (body.length > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static TokenException unreadable(int httpStatus, byte[] body) {
        String form;
        if (body.length > LONGEST) {
            form = body.length + " bytes";
        } else if (body.length == 0) {
            form = "an empty body";
        } else {
            form = looksLikeHtml(body) ? "a page of html" : "a body that is no JSON object";
        }
        return failure("the licence service answered HTTP " + httpStatus + " with " + form
                + "; the URL may be that of another service, or a proxy answered");
    }

    private static boolean looksLikeHtml(byte[] body) {
        for (byte one : body) {
            if (!Character.isWhitespace(one)) {
                return one == '<';
            }
        }
        return false;
    }

    /** The most specific name or number decides: the status itself is often a general one. */
    private static TokenException refusal(int httpStatus, JsonNode answer, String status, long internal) {
        String message = name(answer, "status_message");
        Optional<CloudStatus> known = Stream.of(
                        CloudStatus.named(message), CloudStatus.numbered(internal), CloudStatus.named(status))
                .flatMap(Optional::stream)
                .findFirst();
        ErrorCode code = known.map(CloudStatus::code).orElseGet(() -> CloudStatus.codeOfUnknown(status));
        return TokenException.withReason(
                code,
                "the licence service answered HTTP " + httpStatus
                        + (status.isEmpty() ? " without a status" : " " + status)
                        + (message.isEmpty() || message.equals(status) ? "" : ", " + message)
                        + (internal == 0 ? "" : ", internal status " + internal)
                        + known.map(one -> ": " + one.cause()).orElse(""));
    }

    /** Why a licence is none for this token; empty if there is no reason. */
    private static Optional<String> flaw(byte[] license, Claims token, Challenge.Kind kind) {
        if (license.length == 0) {
            return Optional.of("the licence service answered OK without a licence");
        }
        try {
            ProtoMessage signed = ProtoMessage.read(license);
            Optional<ProtoMessage> content = signed.message(MESSAGE);
            if (signed.number(TYPE).orElse(0) != LICENSE || content.isEmpty()) {
                return Optional.of("the licence service answered OK with a message that is no licence");
            }
            return kind == Challenge.Kind.NEW && !holdsAKeyOf(token, content.get())
                    ? Optional.of("the licence service answered OK with a licence that holds no key of the token")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the licence service answered OK with a licence that cannot be read");
        }
    }

    private static boolean holdsAKeyOf(Claims token, ProtoMessage license) throws IOException {
        List<KeyId> kids = token.keys().stream().map(key -> key.kid()).toList();
        for (byte[] key : license.all(KEY)) {
            Optional<byte[]> id = ProtoMessage.read(key).bytes(KEY_ID);
            if (id.isPresent() && kids.stream().anyMatch(kid -> Arrays.equals(kid.toByteArray(), id.get()))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] base64(@Nullable String text) {
        try {
            return text == null ? NOTHING : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return NOTHING;
        }
    }

    private static String name(JsonNode answer, String member) {
        String text = answer.path(member).asText();
        return NAME.matcher(text).matches() ? text : "";
    }

    private static TokenException failure(String reason) {
        return TokenException.withReason(ErrorCode.LICENSE_GENERATION_FAILED, reason);
    }
}
