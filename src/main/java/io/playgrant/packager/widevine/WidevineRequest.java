package io.playgrant.packager.widevine;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.ContentIdText;
import io.playgrant.packager.box.BoxException;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.WidevineData;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A request for keys: for those of a content, which are drawn on the first request, or for known keys, by their ids.
 *
 * @param contentId the id of the content; empty if known keys are asked for
 * @param keyIds the ids of known keys; empty if those of a content are asked for
 * @param types the types of tracks, in the order of the request, each once
 * @param periods the crypto periods, in ascending order; empty if keys do not rotate
 * @param scheme the encryption scheme
 * @param videoFeature a feature of the video, such as {@code HDR}, which has keys of its own; may be empty
 * @param policy the name of a policy, which has no effect here; may be empty
 * @param groupId the id of a group, which has no effect here; may be empty
 * @param signature the signature, if there is one
 */
public record WidevineRequest(
        byte[] contentId,
        List<KeyId> keyIds,
        List<String> types,
        List<Long> periods,
        ProtectionScheme scheme,
        String videoFeature,
        String policy,
        byte[] groupId,
        Optional<SignedBytes> signature) {

    /** Many times the usual length. */
    public static final int LONGEST = 64 * 1024;

    /** The most crypto periods of one request. Shaka Packager always asks for so many. */
    public static final int MOST_PERIODS = 10;

    /** The longest content id, in bytes: even as hexadecimal digits it can be stored. */
    public static final int LONGEST_CONTENT_ID = 512;

    private static final int LONGEST_TEXT = 1024;
    private static final int LONGEST_FEATURE = 64;
    private static final long LAST_PERIOD = 0xFFFF_FFFFL;
    private static final String AUDIO = "AUDIO";
    private static final Set<String> TYPES = Set.of("SD", "HD", "UHD1", "UHD2", AUDIO);
    private static final Set<String> NO_SCHEME = Set.of("", "0", "UNSPECIFIED");
    private static final byte[] NONE = {};

    /** The lists are copied. */
    public WidevineRequest {
        keyIds = List.copyOf(keyIds);
        types = List.copyOf(types);
        periods = List.copyOf(periods);
    }

    /**
     * The signature of a request.
     *
     * @param signer the name of the signer
     * @param message the bytes that are signed
     * @param signature the signature
     */
    public record SignedBytes(String signer, byte[] message, byte[] signature) {}

    /**
     * The identity of a key within a content.
     *
     * @param videoFeature empty if there is none, or if the track has no video
     * @param period the crypto period; empty if keys do not rotate
     */
    public record Track(String type, String videoFeature, OptionalLong period) {}

    /**
     * Reads a request.
     *
     * @throws WidevineException if it is none, or asks for something that cannot be answered
     */
    public static WidevineRequest read(byte[] body) {
        if (body.length > LONGEST) {
            throw refused(WidevineStatus.MALFORMED_REQUEST, "the body has more than " + LONGEST + " bytes");
        }
        ProtobufJson envelope = ProtobufJson.read(body);
        byte[] message = envelope.bytes("request")
                .orElseThrow(() -> refused(WidevineStatus.MALFORMED_REQUEST, "the body has no request"));
        Optional<SignedBytes> signature =
                envelope.bytes("signature").map(bytes -> new SignedBytes(envelope.text("signer"), message, bytes));
        ProtobufJson request = ProtobufJson.read(message);
        if (request.isTrue("enable_entitlement_license")) {
            throw refused(WidevineStatus.MALFORMED_REQUEST, "entitlement licences are not supported");
        }
        return read(request, signature);
    }

    private static WidevineRequest read(ProtobufJson request, Optional<SignedBytes> signature) {
        byte[] contentId = request.bytes("content_id").orElse(NONE);
        Optional<byte[]> pssh = request.bytes("pssh_data");
        checkContent(contentId, pssh.isPresent());
        return new WidevineRequest(
                contentId,
                pssh.map(WidevineRequest::keyIds).orElse(List.of()),
                types(request),
                periods(request),
                scheme(request.enumValue("protection_scheme")),
                bounded(request.text("video_feature"), LONGEST_FEATURE, "video_feature"),
                bounded(request.text("policy"), LONGEST_TEXT, "policy"),
                request.bytes("group_id").orElse(NONE),
                signature);
    }

    private static void checkContent(byte[] contentId, boolean hasPssh) {
        if (contentId.length > 0 && hasPssh) {
            throw refused(WidevineStatus.TOO_MANY_CONTENT_SPECIFIERS, "the request has both content_id and pssh_data");
        }
        if (contentId.length == 0 && !hasPssh) {
            throw refused(WidevineStatus.CONTENT_ID_MISSING, "the request has neither content_id nor pssh_data");
        }
        if (contentId.length > LONGEST_CONTENT_ID) {
            throw refused(
                    WidevineStatus.MALFORMED_REQUEST, "content_id has more than " + LONGEST_CONTENT_ID + " bytes");
        }
    }

    private static List<KeyId> keyIds(byte[] pssh) {
        try {
            List<KeyId> keyIds =
                    WidevineData.read(pssh).keyIds().stream().distinct().toList();
            if (keyIds.isEmpty() || keyIds.size() > MOST_PERIODS * TYPES.size()) {
                throw refused(WidevineStatus.INVALID_WIDEVINE_PSSH, "pssh_data has " + keyIds.size() + " key ids");
            }
            return keyIds;
        } catch (BoxException e) {
            throw refused(WidevineStatus.INVALID_WIDEVINE_PSSH, "pssh_data " + e.getMessage());
        }
    }

    private static List<String> types(ProtobufJson request) {
        Set<String> types = new LinkedHashSet<>();
        for (ProtobufJson track : request.objects("tracks")) {
            String type = track.text("type");
            if (type.isEmpty()) {
                throw refused(WidevineStatus.TRACK_TYPE_MISSING, "a track has no type");
            }
            if (!TYPES.contains(type)) {
                throw refused(WidevineStatus.TRACK_TYPE_UNKNOWN, "a track has an unknown type");
            }
            types.add(type);
        }
        if (types.isEmpty()) {
            throw refused(WidevineStatus.TRACK_TYPE_MISSING, "the request has no tracks");
        }
        return List.copyOf(types);
    }

    private static List<Long> periods(ProtobufJson request) {
        OptionalLong first = request.uint32("first_crypto_period_index");
        OptionalLong count = request.uint32("crypto_period_count");
        if (first.isEmpty() && count.isEmpty()) {
            return List.of();
        }
        long start = first.orElse(0);
        long number = count.orElse(0);
        if (number < 1 || number > MOST_PERIODS || start + number - 1 > LAST_PERIOD) {
            throw refused(
                    WidevineStatus.NO_REQUESTED_CRYPTO_PERIODS,
                    "a request is for 1 to " + MOST_PERIODS + " crypto periods with indexes of 32 bits");
        }
        List<Long> periods = new ArrayList<>();
        for (long period = start; period < start + number; period++) {
            periods.add(period);
        }
        return periods;
    }

    /** The scheme by its name or number. */
    private static ProtectionScheme scheme(String value) {
        if (NO_SCHEME.contains(value)) {
            return ProtectionScheme.CENC;
        }
        for (ProtectionScheme scheme : ProtectionScheme.values()) {
            if (value.equals(scheme.label().toUpperCase(Locale.ROOT)) || value.equals(String.valueOf(scheme.code()))) {
                return scheme;
            }
        }
        throw refused(WidevineStatus.MALFORMED_REQUEST, "protection_scheme is none of CENC, CENS, CBC1 and CBCS");
    }

    private static String bounded(String text, int longest, String name) {
        if (text.length() > longest) {
            throw refused(WidevineStatus.MALFORMED_REQUEST, name + " has more than " + longest + " characters");
        }
        return text;
    }

    private static WidevineException refused(WidevineStatus status, String reason) {
        return new WidevineException(status, reason);
    }

    /**
     * Checks the signature.
     *
     * @param signer the signer whose name the request gives; empty if there is none
     * @throws WidevineException {@link WidevineStatus#SIGNATURE_FAILED} if there is no signature, or one of somebody else
     */
    public void verify(Optional<WidevineSigner> signer) {
        boolean isValid = signature
                .filter(signed -> signer.filter(one -> one.accepts(signed.message(), signed.signature()))
                        .isPresent())
                .isPresent();
        if (!isValid) {
            String reason = signature.isEmpty()
                    ? "the request has no signature"
                    : signer.isEmpty() ? "the signer is unknown" : "the signature is wrong";
            throw refused(WidevineStatus.SIGNATURE_FAILED, reason);
        }
    }

    /** The content id as text, in which form it is stored. */
    public String contentIdText() {
        return ContentIdText.of(contentId);
    }

    /** The identities of the keys that the answer must contain: all types of a period, then those of the next. */
    public List<Track> tracks() {
        if (periods.isEmpty()) {
            return types.stream().map(type -> track(type, OptionalLong.empty())).toList();
        }
        return periods.stream()
                .flatMap(period -> types.stream().map(type -> track(type, OptionalLong.of(period))))
                .toList();
    }

    private Track track(String type, OptionalLong period) {
        return new Track(type, type.equals(AUDIO) ? "" : videoFeature, period);
    }
}
