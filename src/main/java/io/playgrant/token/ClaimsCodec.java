package io.playgrant.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.sealing.MalformedTokenException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final int PRODUCTION = 0;
    private static final int TEST = 1;
    private static final int PERSISTENT = 1;
    private static final int TYPICAL_LENGTH = 192;

    private static final CBORMapper MAPPER = new CBORMapper(new CBORFactory());

    private ClaimsCodec() {}

    public static byte[] encode(Claims claims) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_LENGTH);
        try (CBORGenerator cbor = MAPPER.getFactory().createGenerator(out)) {
            cbor.writeStartObject(claims, claims.notBefore() == null ? 5 : 6);
            cbor.writeFieldId(ISS);
            cbor.writeString(Long.toString(claims.account()));
            cbor.writeFieldId(EXP);
            cbor.writeNumber(claims.expiresAt().getEpochSecond());
            Instant notBefore = claims.notBefore();
            if (notBefore != null) {
                cbor.writeFieldId(NBF);
                cbor.writeNumber(notBefore.getEpochSecond());
            }
            cbor.writeFieldId(IAT);
            cbor.writeNumber(claims.issuedAt().getEpochSecond());
            cbor.writeFieldId(CTI);
            cbor.writeBinary(HexFormat.of().parseHex(claims.tokenId()));
            cbor.writeFieldId(PLAYGRANT);
            writePrivate(cbor, claims);
            cbor.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writePrivate(CBORGenerator cbor, Claims claims) throws IOException {
        cbor.writeStartObject(claims, 2 + optionalMembers(claims));
        cbor.writeFieldId(ENVIRONMENT);
        cbor.writeNumber(claims.environment() == Environment.TEST ? TEST : PRODUCTION);
        cbor.writeFieldId(KEYS);
        writeKeys(cbor, claims.keys());
        writeText(cbor, CONTENT_ID, claims.contentId());
        writeNumber(cbor, LICENSE_DURATION, claims.licenseDuration());
        writeNumber(cbor, PLAYBACK_DURATION, claims.playbackDuration());
        if (claims.persistent()) {
            writeNumber(cbor, FLAGS, PERSISTENT);
        }
        if (!claims.extensions().isEmpty()) {
            cbor.writeFieldId(EXTENSIONS);
            writeExtensions(cbor, claims.extensions());
        }
        writeText(cbor, COOKIE, claims.cookie());
        writeText(cbor, IP_ADDRESS, claims.ipAddress());
        writeNumber(cbor, MAX_REDEMPTIONS, claims.maxRedemptions());
        cbor.writeEndObject();
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
        return members;
    }

    private static void writeKeys(CBORGenerator cbor, List<TokenKey> keys) throws IOException {
        cbor.writeStartArray(keys, keys.size());
        for (TokenKey key : keys) {
            cbor.writeStartArray(key, 5);
            cbor.writeBinary(key.kid().toByteArray());
            byte[] secret = key.contentKey().toByteArray();
            cbor.writeBinary(secret);
            Arrays.fill(secret, (byte) 0);
            cbor.writeNumber(key.securityLevel().number());
            cbor.writeNumber(key.hdcpOutputControl().number());
            cbor.writeNumber(key.trackType().number());
            cbor.writeEndArray();
        }
        cbor.writeEndArray();
    }

    private static void writeExtensions(CBORGenerator cbor, List<WvExtension> extensions) throws IOException {
        cbor.writeStartArray(extensions, extensions.size());
        for (WvExtension extension : extensions) {
            cbor.writeStartArray(extension, 2);
            cbor.writeString(extension.type());
            cbor.writeBinary(extension.payloadBytes());
            cbor.writeEndArray();
        }
        cbor.writeEndArray();
    }

    private static void writeText(CBORGenerator cbor, int id, @Nullable String value) throws IOException {
        if (value != null) {
            cbor.writeFieldId(id);
            cbor.writeString(value);
        }
    }

    private static void writeNumber(CBORGenerator cbor, int id, @Nullable Integer value) throws IOException {
        if (value != null) {
            cbor.writeFieldId(id);
            cbor.writeNumber(value.intValue());
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
        if (!Arrays.equals(canonical, bytes)) {
            throw new MalformedTokenException("the claims are not in canonical form");
        }
        return claims;
    }

    private static Claims claims(JsonNode cwt) throws IOException {
        JsonNode own = member(cwt, PLAYGRANT);
        JsonNode nbf = cwt.get(Integer.toString(NBF));
        return new Claims(
                Long.parseLong(member(cwt, ISS).textValue()),
                member(own, ENVIRONMENT).intValue() == TEST ? Environment.TEST : Environment.PRODUCTION,
                HexFormat.of().formatHex(member(cwt, CTI).binaryValue()),
                Instant.ofEpochSecond(member(cwt, IAT).longValue()),
                Instant.ofEpochSecond(member(cwt, EXP).longValue()),
                nbf == null ? null : Instant.ofEpochSecond(nbf.longValue()),
                keys(member(own, KEYS)),
                text(own, CONTENT_ID),
                number(own, LICENSE_DURATION),
                number(own, PLAYBACK_DURATION),
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

    private static @Nullable Integer number(JsonNode map, int id) {
        JsonNode member = map.get(Integer.toString(id));
        return member == null ? null : Integer.valueOf(member.intValue());
    }
}
