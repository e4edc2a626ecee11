package io.playgrant.cli.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.protobuf.ProtoWriter;
import java.io.IOException;
import java.util.Set;

/** The content of the stand-in's answers to verified messages. */
final class StandInAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TRACK_TYPES = Set.of("SD", "HD", "AUDIO", "UHD1", "UHD2");
    private static final Set<String> HDCP =
            Set.of("HDCP_NONE", "HDCP_V1", "HDCP_V2", "HDCP_V2_1", "HDCP_V2_2", "HDCP_NO_DIGITAL_OUTPUT");
    private static final int LENGTH = 16;

    /** SignedMessage with the type "licence", and the type of a content key. */
    private static final int LICENSE = 2;

    private static final int CONTENT_KEY = 2;

    private final String provider;
    private final ServiceCertificate certificate;

    StandInAnswers(String provider, ServiceCertificate certificate) {
        this.provider = provider;
        this.certificate = certificate;
    }

    /** An answer with a status and nothing else. */
    static ObjectNode status(String status, int internalStatus) {
        return JSON.createObjectNode()
                .put("status", status)
                .put("status_message", "")
                .put("internal_status", internalStatus);
    }

    /** The answer to a message. */
    ObjectNode answer(JsonNode message, StandInBehaviour behaviour) {
        Challenge challenge;
        try {
            challenge = ChallengeReader.read(binary(message.path("payload")));
        } catch (TokenException e) {
            return status("INVALID_LICENSE_CHALLENGE", 106);
        }
        String mistake = mistake(message, challenge);
        if (!mistake.isEmpty()) {
            return status(mistake, 0);
        }
        if (!behaviour.status().equals("OK")) {
            return withDevice(status(behaviour.status(), behaviour.internalStatus()));
        }
        ObjectNode answer = status("OK", 0);
        if (challenge.kind() == Challenge.Kind.CERTIFICATE) {
            return answer.put("message_type", "SERVICE_CERTIFICATE").put("license", certificate.signedMessage());
        }
        answer.put("message_type", "LICENSE");
        answer.putObject("license_metadata")
                .put("content_id", message.path("content_id").asText())
                .put("license_type", challenge.offline() ? "OFFLINE" : "STREAMING")
                .put("request_type", challenge.kind().name());
        answer.putObject("session_state").put("signing_key", StandInCloud.SIGNING_KEY);
        switch (behaviour.fault()) {
            case NO_LICENSE -> answer.put("license", "");
            case OTHER_KEY -> answer.put("license", license(new byte[][] {new byte[LENGTH]}));
            default -> answer.put("license", license(keyIds(message)));
        }
        return withDevice(answer);
    }

    /** The status for a message that the licence service would not accept; empty if it would. */
    private String mistake(JsonNode message, Challenge challenge) {
        JsonNode keys = message.path("content_key_specs");
        boolean forCertificate = challenge.kind() == Challenge.Kind.CERTIFICATE;
        if (!message.path("provider").asText().equals(provider)
                || (forCertificate && !keys.isMissingNode())
                || (!keys.isMissingNode() && message.has("allowed_track_types"))) {
            return "INVALID_REQUEST";
        }
        if (!forCertificate && message.path("content_id").asText().isEmpty()) {
            return "CONTENT_ID_MISSING";
        }
        for (JsonNode key : keys) {
            if (!TRACK_TYPES.contains(key.path("track_type").asText())) {
                return key.has("track_type") ? "TRACK_TYPE_UNKNOWN" : "TRACK_TYPE_MISSING";
            }
            int level = key.path("security_level").asInt();
            String hdcp = key.path("required_output_protection").path("hdcp").asText();
            if (level < 1
                    || level > 5
                    || !HDCP.contains(hdcp)
                    || binary(key.path("key_id")).length != LENGTH
                    || binary(key.path("key")).length != LENGTH) {
                return "INVALID_REQUEST";
            }
        }
        return "";
    }

    private static byte[][] keyIds(JsonNode message) {
        JsonNode keys = message.path("content_key_specs");
        byte[][] ids = new byte[keys.size()][];
        for (int at = 0; at < ids.length; at++) {
            ids[at] = binary(keys.get(at).path("key_id"));
        }
        return ids;
    }

    /** No real licence: it names the keys, and holds none. */
    private static byte[] license(byte[][] keyIds) {
        ProtoWriter license = new ProtoWriter();
        for (byte[] id : keyIds) {
            license.message(3, new ProtoWriter().bytes(1, id).number(4, CONTENT_KEY));
        }
        return new ProtoWriter().number(1, LICENSE).message(2, license).toByteArray();
    }

    private static ObjectNode withDevice(ObjectNode answer) {
        return answer.put("make", "Playgrant")
                .put("model", "Stand-in")
                .put("security_level", 3)
                .put("system_id", 4711)
                .put("drm_cert_serial_number", StandInCloud.DEVICE_SERIAL)
                .put("platform_verification_status", "PLATFORM_UNVERIFIED");
    }

    private static byte[] binary(JsonNode node) {
        try {
            byte[] bytes = node.binaryValue();
            return bytes == null ? new byte[0] : bytes;
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
