package io.playgrant.license.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the licence service says about the device. Any of it may be missing.
 *
 * @param make the maker
 * @param model the model, or the browser
 * @param securityLevel Widevine's level: 1, 2 or 3
 * @param systemId Google's number of the model
 * @param platformVerification the state of the Verified Media Path, such as {@code PLATFORM_UNVERIFIED}
 * @param serialHash a hash of the serial number of the device's certificate, which identifies the device: 32 hexadecimal digits
 */
public record DeviceFacts(
        @Nullable String make,
        @Nullable String model,
        @Nullable Integer securityLevel,
        @Nullable Long systemId,
        @Nullable String platformVerification,
        @Nullable String serialHash) {

    private static final int LONGEST_TEXT = 64;
    private static final int HASH_LENGTH = 16;
    private static final DeviceFacts NONE = new DeviceFacts(null, null, null, null, null, null);

    /** The facts in an answer; empty if it has none. */
    static Optional<DeviceFacts> of(JsonNode answer) {
        JsonNode level = answer.path("security_level");
        JsonNode system = answer.path("system_id");
        String serial = answer.path("drm_cert_serial_number").textValue();
        DeviceFacts facts = new DeviceFacts(
                text(answer, "make"),
                text(answer, "model"),
                level.canConvertToInt() ? Integer.valueOf(level.intValue()) : null,
                system.canConvertToLong() ? Long.valueOf(system.longValue()) : null,
                text(answer, "platform_verification_status"),
                serial == null || serial.isEmpty() ? null : hash(serial));
        return facts.equals(NONE) ? Optional.empty() : Optional.of(facts);
    }

    private static @Nullable String text(JsonNode answer, String name) {
        String text = answer.path(name).textValue();
        if (text == null || text.isEmpty()) {
            return null;
        }
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** Serial numbers are random and long, so that nobody can find one by trial. */
    private static String hash(String serial) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(serial.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
