package io.playgrant.license.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A message to Widevine's licence service: the challenge, the keys of the token, and the rules under which they may be used.
 *
 * <p>It has no {@code allowed_track_types}: that member and {@code content_key_specs} exclude each other.
 */
final class CloudMessage {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String MASK = "***";

    private final byte[] challenge;
    private final CloudProvider provider;
    private final @Nullable Licence licence;

    /**
     * The part of the message about a licence.
     *
     * @param withKeys whether the keys are sent
     * @param secondsLeft how long the licence may be valid, null for no limit
     */
    private record Licence(
            Claims token, boolean withKeys, @Nullable Long secondsLeft) {}

    private CloudMessage(byte[] challenge, CloudProvider provider, @Nullable Licence licence) {
        this.challenge = challenge;
        this.provider = provider;
        this.licence = licence;
    }

    static CloudMessage certificate(byte[] challenge, CloudProvider provider) {
        return new CloudMessage(challenge, provider, null);
    }

    /**
     * A message about a licence. Only a new licence needs keys: because renewals are not counted as redemptions, they must not be able to
     * bring any.
     */
    static CloudMessage license(
            byte[] challenge, Challenge.Kind kind, Claims token, CloudProvider provider, Instant now) {
        return new CloudMessage(
                challenge, provider, new Licence(token, kind == Challenge.Kind.NEW, secondsLeft(token, now)));
    }

    /** The smaller of the licence duration and the rest of the rental period. Never 0, which would mean no limit. */
    private static @Nullable Long secondsLeft(Claims token, Instant now) {
        Integer duration = token.licenseDuration();
        Instant rentalEnd = token.rentalEnd();
        if (rentalEnd == null) {
            return duration == null ? null : Long.valueOf(duration);
        }
        long rest = Math.max(1, rentalEnd.getEpochSecond() - now.getEpochSecond());
        return duration == null ? rest : Math.min(rest, duration);
    }

    /** The message, which contains the keys. The caller must wipe it. */
    byte[] bytes() {
        return write(false);
    }

    /** The message for people, without the keys. */
    byte[] maskedBytes() {
        return write(true);
    }

    private byte[] write(boolean masked) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * challenge.length + 1_024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            if (masked) {
                DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
                json.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            }
            json.writeStartObject();
            byte[] payload = Base64.getEncoder().encode(challenge);
            json.writeFieldName("payload");
            // Jackson's own base64 takes several times as long.
            json.writeRawUTF8String(payload, 0, payload.length);
            json.writeStringField("provider", provider.name());
            if (licence != null) {
                write(json, licence, masked);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Licence licence, boolean masked) throws IOException {
        Claims token = licence.token();
        json.writeBinaryField("content_id", contentId(token).getBytes(StandardCharsets.UTF_8));
        if (licence.withKeys()) {
            json.writeArrayFieldStart("content_key_specs");
            for (TokenKey key : token.keys()) {
                writeKey(json, key, masked);
            }
            json.writeEndArray();
        }
        json.writeBooleanField("use_policy_overrides_exclusively", true);
        json.writeObjectFieldStart("policy_overrides");
        json.writeBooleanField("can_play", true);
        json.writeBooleanField("can_persist", token.persistent());
        json.writeBooleanField("can_renew", false);
        if (licence.secondsLeft() != null) {
            // Clients enforce one or the other, depending on their age.
            json.writeNumberField("rental_duration_seconds", licence.secondsLeft());
            json.writeNumberField("license_duration_seconds", licence.secondsLeft());
        }
        if (token.playbackDuration() != null) {
            json.writeNumberField("playback_duration_seconds", token.playbackDuration());
        }
        json.writeEndObject();
    }

    /** The client's id of the content. It may be missing, but the licence service requires one. */
    private static String contentId(Claims token) {
        String contentId = token.contentId();
        return contentId != null ? contentId : token.keys().get(0).kid().toString();
    }

    private static void writeKey(JsonGenerator json, TokenKey key, boolean masked) throws IOException {
        json.writeStartObject();
        json.writeStringField("track_type", key.trackType().name());
        json.writeNumberField("security_level", key.securityLevel().number());
        json.writeObjectFieldStart("required_output_protection");
        json.writeStringField("hdcp", key.hdcpOutputControl().name());
        json.writeEndObject();
        json.writeBinaryField("key_id", key.kid().toByteArray());
        if (masked) {
            json.writeStringField("key", MASK);
        } else {
            byte[] secret = key.contentKey().toByteArray();
            json.writeBinaryField("key", secret);
            Arrays.fill(secret, (byte) 0);
        }
        json.writeEndObject();
    }
}
