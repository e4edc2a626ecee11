package io.playgrant.license.challenge;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.protobuf.ProtoMessage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** The first fields of the forms for new licences; {@code INIT_DATA} has its type before them. */
    private static final int DATA = 1;

    private static final int LICENSE_TYPE = 2;

    /** Types of init_data. */
    private static final int CENC = 1;

    private static final int WEBM = 2;

    /** LicenseType. With the last one, the licence service decides by {@code can_persist}. */
    private static final int STREAMING = 1;

    private static final int OFFLINE = 2;
    private static final int AUTOMATIC = 3;

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
        return new Challenge(
                kind(request),
                asked.ids().keyIds(),
                asked.ids().hasOthers(),
                asked.offline(),
                certificateSerial(request));
    }

    /** What a message asks for; a new licence if it is no licence request. */
    public static Challenge.Kind kind(byte[] message) {
        try {
            return read(message).kind();
        } catch (TokenException e) {
            return Challenge.Kind.NEW;
        }
    }

    /** The content that is asked for. */
    private record Content(ContentIds ids, boolean offline) {}

    /** Real requests have one of the forms. Of several, nobody knows which one the licence service reads. */
    private static Optional<Content> content(ProtoMessage id) throws IOException {
        if (IntStream.of(CENC_ID, WEBM_ID, EXISTING_LICENSE, INIT_DATA)
                        .filter(form -> !id.all(form).isEmpty())
                        .count()
                > 1) {
            throw noRequest("the licence request names its content in several forms");
        }
        Optional<ProtoMessage> cenc = id.message(CENC_ID);
        if (cenc.isPresent()) {
            ContentIds ids = new ContentIds();
            cenc.get().all(DATA).forEach(ids::addPsshData);
            return Optional.of(new Content(ids, isOffline(cenc.get(), LICENSE_TYPE)));
        }
        Optional<ProtoMessage> webm = id.message(WEBM_ID);
        if (webm.isPresent()) {
            return webm.get().bytes(DATA).map(key -> new Content(webm(key), isOffline(webm.get(), LICENSE_TYPE)));
        }
        if (id.message(EXISTING_LICENSE).isPresent()) {
            return Optional.of(new Content(new ContentIds(), false));
        }
        return id.message(INIT_DATA)
                .flatMap(init -> init.bytes(DATA + 1)
                        .map(data -> new Content(
                                ofInitData(init.number(DATA).orElse(CENC), data), isOffline(init, LICENSE_TYPE + 1))));
    }

    private static ContentIds ofInitData(long type, byte[] data) {
        if (type == WEBM) {
            return webm(data);
        }
        ContentIds ids = new ContentIds();
        ids.addPsshBoxes(data);
        return ids;
    }

    /** The data of WebM is the key id itself. */
    private static ContentIds webm(byte[] key) {
        ContentIds ids = new ContentIds();
        ids.add(key);
        return ids;
    }

    /**
     * Whether any reading of a licence type is that the licence shall be stored. Readers of Protocol Buffers keep 32 bits of a number, and
     * of several numbers the last one that they know.
     */
    private static boolean isOffline(ProtoMessage form, int licenseType) {
        List<Long> types = form.numbers(licenseType);
        if (types.stream().anyMatch(type -> type.intValue() == OFFLINE)) {
            return true;
        }
        types.stream().filter(type -> type != STREAMING && type != AUTOMATIC).forEach(type -> {
            throw noRequest("the licence request has the licence type " + type);
        });
        return false;
    }

    private static Challenge.Kind kind(ProtoMessage request) {
        long type = request.number(REQUEST_TYPE).orElse(1);
        if (type < 1 || type > 3) {
            throw noRequest("the licence request has the type " + type);
        }
        return type == 1 ? Challenge.Kind.NEW : type == 2 ? Challenge.Kind.RENEWAL : Challenge.Kind.RELEASE;
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
