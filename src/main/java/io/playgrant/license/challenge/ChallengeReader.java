package io.playgrant.license.challenge;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.protobuf.ProtoMessage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Widevine's licence requests. The constants are the public field numbers of its messages. */
public final class ChallengeReader {

    /** Longer than any licence request. */
    public static final int LONGEST = 64 * 1024;

    /** SignedMessage. */
    private static final int TYPE = 1;

    private static final int MESSAGE = 2;
    private static final int LICENSE_REQUEST = 1;
    private static final int CERTIFICATE_REQUEST = 4;

    /** LicenseRequest. */
    private static final int CONTENT_ID = 2;

    private static final int REQUEST_TYPE = 3;
    private static final int ENCRYPTED_CLIENT_ID = 8;

    /** ContentIdentification, which has one of these forms. */
    private static final int CENC_ID = 1;

    private static final int WEBM_ID = 2;
    private static final int EXISTING_LICENSE = 3;
    private static final int INIT_DATA = 4;

    /** The first three fields of the forms for new licences; {@code INIT_DATA} has them one number later. */
    private static final int DATA = 1;

    private static final int LICENSE_TYPE = 2;
    private static final int OFFLINE = 2;

    /** WidevinePsshData. */
    private static final int KEY_ID = 2;

    /** EncryptedClientIdentification. */
    private static final int CERTIFICATE_SERIAL = 2;

    private ChallengeReader() {}

    /**
     * Reads a request.
     *
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} with status 400 if it is none, with the reason
     */
    public static Challenge read(byte[] message) {
        if (message.length == 0) {
            throw noRequest("the body is empty");
        }
        if (message.length > LONGEST) {
            throw noRequest("the body has " + message.length + " bytes, a licence request at most " + LONGEST);
        }
        try {
            return read(ProtoMessage.read(message));
        } catch (IOException e) {
            throw noRequest("the body is no Protocol Buffers message, or was cut or changed on its way");
        }
    }

    private static Challenge read(ProtoMessage signed) throws IOException {
        long type = signed.number(TYPE).orElse(0);
        if (type == CERTIFICATE_REQUEST) {
            return new Challenge(Challenge.Kind.CERTIFICATE, List.of(), false, Optional.empty());
        }
        if (type != LICENSE_REQUEST) {
            throw noRequest("the message has the type " + type);
        }
        ProtoMessage request =
                signed.message(MESSAGE).orElseThrow(() -> noRequest("the message has no licence request in it"));
        ProtoMessage content =
                request.message(CONTENT_ID).orElseThrow(() -> noRequest("the licence request names no content"));
        Content asked = content(content).orElseThrow(() -> noRequest("the licence request names no content"));
        return new Challenge(kind(request), asked.keyIds(), asked.offline(), certificateSerial(request));
    }

    /** The content that is asked for. */
    private record Content(List<KeyId> keyIds, boolean offline) {}

    private static Optional<Content> content(ProtoMessage id) throws IOException {
        Optional<ProtoMessage> cenc = id.message(CENC_ID);
        if (cenc.isPresent()) {
            return Optional.of(new Content(keyIds(cenc.get().all(DATA)), isOffline(cenc.get(), LICENSE_TYPE)));
        }
        Optional<ProtoMessage> webm = id.message(WEBM_ID);
        if (webm.isPresent()) {
            // The data is the key id itself.
            return webm.get()
                    .bytes(DATA)
                    .map(key -> new Content(keyId(key).stream().toList(), isOffline(webm.get(), LICENSE_TYPE)));
        }
        if (id.message(EXISTING_LICENSE).isPresent()) {
            return Optional.of(new Content(List.of(), false));
        }
        return id.message(INIT_DATA)
                .filter(init -> init.bytes(DATA + 1).isPresent())
                .map(init -> new Content(List.of(), isOffline(init, LICENSE_TYPE + 1)));
    }

    private static boolean isOffline(ProtoMessage form, int licenseType) {
        return form.number(licenseType).orElse(0) == OFFLINE;
    }

    private static Challenge.Kind kind(ProtoMessage request) {
        long type = request.number(REQUEST_TYPE).orElse(1);
        if (type < 1 || type > 3) {
            throw noRequest("the licence request has the type " + type);
        }
        return type == 1 ? Challenge.Kind.NEW : type == 2 ? Challenge.Kind.RENEWAL : Challenge.Kind.RELEASE;
    }

    private static List<KeyId> keyIds(List<byte[]> psshs) {
        Set<KeyId> ids = new LinkedHashSet<>();
        for (byte[] pssh : psshs) {
            for (byte[] id : idsIn(pssh)) {
                keyId(id).ifPresent(ids::add);
            }
        }
        return List.copyOf(ids);
    }

    /** A PSSH in another form than Widevine's names no keys here; the licence service decides about it. */
    private static List<byte[]> idsIn(byte[] pssh) {
        try {
            return ProtoMessage.read(pssh).all(KEY_ID);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<KeyId> keyId(byte[] id) {
        return id.length == KeyId.LENGTH ? Optional.of(KeyId.of(id)) : Optional.empty();
    }

    private static Optional<String> certificateSerial(ProtoMessage request) throws IOException {
        return request.message(ENCRYPTED_CLIENT_ID)
                .flatMap(client -> client.bytes(CERTIFICATE_SERIAL))
                .filter(serial -> serial.length > 0)
                .map(serial -> HexFormat.of().formatHex(serial));
    }

    private static TokenException noRequest(String reason) {
        return TokenException.of(ErrorCode.LICENSE_GENERATION_FAILED, "no licence request")
                .withStatus(400)
                .because(reason);
    }
}
