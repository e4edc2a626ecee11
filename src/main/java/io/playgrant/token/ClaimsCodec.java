package io.playgrant.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.sealing.CborWriter;
import io.playgrant.token.sealing.MalformedTokenException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token as a CWT Claims Set (RFC 8392), in deterministic CBOR (RFC 8949 section 4.2.1). The members of the private
 * claim are documented in {@code docs/token-format.md}.
 */
public final class ClaimsCodec {

    private static final int ISS = 1;
    private static final int EXP = 4;
    private static final int NBF = 5;
    private static final int IAT = 6;
    private static final int CTI = 7;
    private static final int PLAYGRANT = -65537;

    private static final int ENVIRONMENT = 1;
    private static final int KEYS = 2;
    private static final int CONTENT_ID = 3;
    private static final int LICENSE_DURATION = 4;
    private static final int PLAYBACK_DURATION = 5;
    private static final int FLAGS = 6;
    private static final int EXTENSIONS = 7;
    private static final int COOKIE = 8;
    private static final int IP_ADDRESS = 9;
    private static final int MAX_REDEMPTIONS = 10;
    private static final int RENTAL_END = 11;

    private static final int PRODUCTION = 0;
    private static final int TEST = 1;
    private static final int PERSISTENT = 1;

    /** Lengths of the claims of the required parameters; others make them longer. */
    private static final int LENGTH_WITHOUT_KEYS = 64;

    private static final int LENGTH_OF_A_KEY = 38;

    private static final CBORMapper MAPPER = new CBORMapper(new CBORFactory());

    private ClaimsCodec() {}

    /** The claims as bytes. Whoever has encrypted them must wipe them, because they contain the keys. */
    public static byte[] encode(Claims claims) {
        CborWriter cbor = new CborWriter(
                LENGTH_WITHOUT_KEYS + LENGTH_OF_A_KEY * claims.keys().size());
        Instant notBefore = claims.notBefore();
        cbor.map(notBefore == null ? 5 : 6);
        cbor.number(ISS).text(Long.toString(claims.account()));
        cbor.number(EXP).number(claims.expiresAt().getEpochSecond());
        if (notBefore != null) {
            cbor.number(NBF).number(notBefore.getEpochSecond());
        }
        cbor.number(IAT).number(claims.issuedAt().getEpochSecond());
        cbor.number(CTI).hex(claims.tokenId());
        cbor.number(PLAYGRANT);
        writePrivate(cbor, claims);
        return cbor.finish();
    }

    private static void writePrivate(CborWriter cbor, Claims claims) {
        cbor.map(2 + optionalMembers(claims));
        cbor.number(ENVIRONMENT).number(claims.environment() == Environment.TEST ? TEST : PRODUCTION);
        cbor.number(KEYS);
        writeKeys(cbor, claims.keys());
        writeText(cbor, CONTENT_ID, claims.contentId());
        writeNumber(cbor, LICENSE_DURATION, claims.licenseDuration());
        writeNumber(cbor, PLAYBACK_DURATION, claims.playbackDuration());
        if (claims.persistent()) {
            cbor.number(FLAGS).number(PERSISTENT);
        }
        if (!claims.extensions().isEmpty()) {
            cbor.number(EXTENSIONS);
            writeExtensions(cbor, claims.extensions());
        }
        writeText(cbor, COOKIE, claims.cookie());
        writeText(cbor, IP_ADDRESS, claims.ipAddress());
        writeNumber(cbor, MAX_REDEMPTIONS, claims.maxRedemptions());
        Instant rentalEnd = claims.rentalEnd();
        if (rentalEnd != null) {
            cbor.number(RENTAL_END).number(rentalEnd.getEpochSecond());
        }
    }

    private static int optionalMembers(Claims claims) {
        int members = 0;
        members += claims.contentId() == null ? 0 : 1;
        members += claims.licenseDuration() == null ? 0 : 1;
        members += claims.playbackDuration() == null ? 0 : 1;
        members += claims.persistent() ? 1 : 0;
        members += claims.extensions().isEmpty() ? 0 : 1;
        members += claims.cookie() == null ? 0 : 1;
        members += claims.ipAddress() == null ? 0 : 1;
        members += claims.maxRedemptions() == null ? 0 : 1;
        members += claims.rentalEnd() == null ? 0 : 1;
        return members;
    }

    private static void writeKeys(CborWriter cbor, List<TokenKey> keys) {
        cbor.array(keys.size());
        for (TokenKey key : keys) {
            cbor.array(5);
            cbor.binary(key.kid().toByteArray());
            byte[] secret = key.contentKey().toByteArray();
            cbor.binary(secret);
            Arrays.fill(secret, (byte) 0);
            cbor.number(key.securityLevel().number());
            cbor.number(key.hdcpOutputControl().number());
            cbor.number(key.trackType().number());
        }
    }

    private static void writeExtensions(CborWriter cbor, List<WvExtension> extensions) {
        cbor.array(extensions.size());
        for (WvExtension extension : extensions) {
            cbor.array(2).text(extension.type()).binary(extension.payloadBytes());
        }
    }

    private static void writeText(CborWriter cbor, int id, @Nullable String value) {
        if (value != null) {
            cbor.number(id).text(value);
        }
    }

    private static void writeNumber(CborWriter cbor, int id, @Nullable Integer value) {
        if (value != null) {
            cbor.number(id).number(value);
        }
    }

    /**
     * Reads claims that this class wrote.
     *
     * @throws MalformedTokenException if the bytes differ in any way from the canonical encoding
     */
    static Claims decode(byte[] bytes) throws MalformedTokenException {
        Claims claims;
        byte[] canonical;
        try {
            claims = claims(MAPPER.readTree(bytes));
            // Fails on a text that is not UTF-8, which the parser accepts.
            canonical = encode(claims);
        } catch (IOException | RuntimeException e) {
            throw new MalformedTokenException("the claims cannot be read");
        }
        boolean isCanonical = Arrays.equals(canonical, bytes);
        Arrays.fill(canonical, (byte) 0);
        if (!isCanonical) {
            throw new MalformedTokenException("the claims are not in canonical form");
        }
        return claims;
    }

    private static Claims claims(JsonNode cwt) throws IOException {
        JsonNode own = member(cwt, PLAYGRANT);
        return new Claims(
                Long.parseLong(member(cwt, ISS).textValue()),
                member(own, ENVIRONMENT).intValue() == TEST ? Environment.TEST : Environment.PRODUCTION,
                HexFormat.of().formatHex(member(cwt, CTI).binaryValue()),
                Instant.ofEpochSecond(member(cwt, IAT).longValue()),
                Instant.ofEpochSecond(member(cwt, EXP).longValue()),
                time(cwt, NBF),
                keys(member(own, KEYS)),
                text(own, CONTENT_ID),
                number(own, LICENSE_DURATION),
                number(own, PLAYBACK_DURATION),
                time(own, RENTAL_END),
                own.has(Integer.toString(FLAGS)),
                extensions(own),
                text(own, COOKIE),
                text(own, IP_ADDRESS),
                number(own, MAX_REDEMPTIONS));
    }

    private static List<TokenKey> keys(JsonNode array) throws IOException {
        List<TokenKey> keys = new ArrayList<>(array.size());
        for (JsonNode key : array) {
            keys.add(new TokenKey(
                    KeyId.of(key.get(0).binaryValue()),
                    ContentKey.of(key.get(1).binaryValue()),
                    SecurityLevel.of(key.get(2).intValue()),
                    HdcpOutputControl.of(key.get(3).intValue()),
                    TrackType.of(key.get(4).intValue())));
        }
        return keys;
    }

    private static List<WvExtension> extensions(JsonNode own) throws IOException {
        JsonNode array = own.get(Integer.toString(EXTENSIONS));
        if (array == null) {
            return List.of();
        }
        List<WvExtension> extensions = new ArrayList<>(array.size());
        for (JsonNode extension : array) {
            String type = Objects.requireNonNull(extension.get(0).textValue());
            extensions.add(WvExtension.of(type, extension.get(1).binaryValue()));
        }
        return extensions;
    }

    private static JsonNode member(JsonNode map, int id) throws IOException {
        JsonNode member = map.get(Integer.toString(id));
        if (member == null) {
            throw new IOException("member " + id + " is missing");
        }
        return member;
    }

    private static @Nullable String text(JsonNode map, int id) {
        JsonNode member = map.get(Integer.toString(id));
        return member == null ? null : member.textValue();
    }

    private static @Nullable Instant time(JsonNode map, int id) {
        JsonNode member = map.get(Integer.toString(id));
        return member == null ? null : Instant.ofEpochSecond(member.longValue());
    }

    private static @Nullable Integer number(JsonNode map, int id) {
        JsonNode member = map.get(Integer.toString(id));
        return member == null ? null : Integer.valueOf(member.intValue());
    }
}
