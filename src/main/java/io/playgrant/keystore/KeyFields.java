package io.playgrant.keystore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.time.Rfc3339;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a key object that a client sent (protocol section 6). They may be secrets.
 *
 * <p>Each member is checked only when it is read, because for an existing key only the id matters. All methods throw {@link TokenException}
 * {@link ErrorCode#KEYSTORE_INVALID_PARAMETERS} if a member is invalid.
 */
public final class KeyFields {

    /** The longest {@code kekId}, {@code info} or {@code contentId}, in UTF-16 units. */
    static final int LONGEST_TEXT = 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Names that clients choose must not fill tables that outlive the body.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]*");
    private static final Pattern LINES = Pattern.compile("[[^\\p{Cc}\\p{Cs}]\\t\\r\\n]*");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonNode object;

    private KeyFields(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads a key object.
     *
     * @param json UTF-8; an empty text, or only white space, is an empty object
     * @throws TokenException {@link ErrorCode#KEYSTORE_INVALID_SYNTAX} if it is not JSON, {@link ErrorCode#KEYSTORE_INVALID_PARAMETERS}
     *     if it is not an object
     */
    public static KeyFields read(byte[] json) {
        return read(json, "the body");
    }

    /**
     * As {@link #read(byte[])}, with another name for the JSON.
     *
     * @param name the name of the JSON in errors
     */
    public static KeyFields read(byte[] json, String name) {
        JsonNode read = parse(json, name);
        if (read.isMissingNode()) {
            return new KeyFields(JSON.createObjectNode());
        }
        if (!read.isObject()) {
            throw invalid(name + " must be a JSON object");
        }
        return new KeyFields(read);
    }

    /** A key object of these members. */
    public static KeyFields of(Map<String, String> members) {
        ObjectNode object = JSON.createObjectNode();
        members.forEach(object::put);
        return new KeyFields(object);
    }

    private static JsonNode parse(byte[] json, String name) {
        try {
            // Jackson would detect other encodings and tolerate malformed UTF-8.
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (CharacterCodingException e) {
            throw TokenException.of(ErrorCode.KEYSTORE_INVALID_SYNTAX, name + " must be UTF-8");
        } catch (JsonProcessingException e) {
            // Its message may quote the body.
            throw TokenException.of(ErrorCode.KEYSTORE_INVALID_SYNTAX, name + " must be JSON");
        }
    }

    /**
     * Reads a key id.
     *
     * @param name the name of the text in errors
     * @param text 32 hexadecimal digits, or {@code ^} and 1 to 64 characters without control characters
     */
    public static KeyId readKid(String name, String text) {
        if (text.startsWith("^")) {
            int length = text.codePointCount(1, text.length());
            if (length >= 1 && length <= 64 && PRINTABLE.matcher(text).matches()) {
                return KeyId.ofName(text.substring(1));
            }
        } else if (isHex(text, 32)) {
            return KeyId.ofHex(text);
        }
        throw invalid(name + " must be 32 hexadecimal digits, or ^ and 1 to 64 characters");
    }

    /** Whether a member was sent, and is not null. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    Optional<KeyId> kid() {
        return text("kid").map(text -> readKid("kid", text));
    }

    /** The key in clear; the caller wipes it. */
    Optional<ContentKey> k() {
        return hex("k", 32, ContentKey::ofHex);
    }

    /** The wrapped key. */
    Optional<EncryptedKey> ek() {
        return hex("ek", 48, EncryptedKey::ofHex);
    }

    /** The kind of track that a held key encrypts, as in tokens: 0 to 4, as a string or a number. */
    Optional<Integer> trackType() {
        JsonNode value = object.path("trackType");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asText();
        if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) > '4') {
            throw invalid("trackType must be 0 to 4");
        }
        return Optional.of(text.charAt(0) - '0');
    }

    /** The client's name for the kek. */
    Optional<String> kekId() {
        Optional<String> kekId = text("kekId");
        kekId.ifPresent(text ->
                check("kekId", text, !text.isEmpty() && PRINTABLE.matcher(text).matches()));
        return kekId;
    }

    /** Free text, possibly with several lines. */
    @Nullable
    String info(@Nullable String otherwise) {
        return changed(
                "info",
                otherwise,
                text -> check("info", text, LINES.matcher(text).matches()));
    }

    /** The id of the content that the key protects. */
    @Nullable
    String contentId(@Nullable String otherwise) {
        return changed(
                "contentId",
                otherwise,
                text -> check("contentId", text, PRINTABLE.matcher(text).matches()));
    }

    /** The time from which the key is no longer used, in whole seconds. */
    @Nullable
    Instant expiration(@Nullable Instant otherwise) {
        return changed("expiration", otherwise, KeyFields::time);
    }

    /** The new value of a member: unchanged if it was not sent, deleted if it is null. */
    private <T> @Nullable T changed(String name, @Nullable T otherwise, Function<String, T> reader) {
        return object.has(name) ? text(name).map(reader).orElse(null) : otherwise;
    }

    private <T> Optional<T> hex(String name, int digits, Function<String, T> reader) {
        Optional<String> text = text(name);
        if (text.isPresent() && !isHex(text.get(), digits)) {
            throw invalid(name + " must be " + digits + " hexadecimal digits");
        }
        return text.map(reader);
    }

    private Optional<String> text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(name + " must be a string");
        }
        return Optional.of(value.textValue());
    }

    private static String check(String name, String text, boolean wellFormed) {
        if (!wellFormed || text.length() > LONGEST_TEXT) {
            throw invalid(name + " must have " + (name.equals("kekId") ? "1 to " : "at most ") + LONGEST_TEXT
                    + " characters, no control characters"
                    + (name.equals("info") ? " but line ends and tabs" : ""));
        }
        return text;
    }

    private static Instant time(String text) {
        return Rfc3339.parse(text)
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
                .filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST))
                .orElseThrow(() -> invalid("expiration must be a time of RFC 3339, as in 2030-12-31T23:59:59Z"));
    }

    private static boolean isHex(String text, int digits) {
        return text.length() == digits && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details);
    }

    /** Without the members, which may be secrets. */
    @Override
    public String toString() {
        return "KeyFields";
    }
}
