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
 * What a client says of a key: the members of a key object that it sent (protocol section 6). They may be secrets.
 *
 * <p>Each is checked when it is asked for, and only then: of a key that exists already, nothing but its id matters. All methods throw
 * {@link TokenException} {@link ErrorCode#KEYSTORE_INVALID_PARAMETERS} if a member is not what it should be.
 */
public final class KeyFields {

    /** The longest {@code kekId}, {@code info} or {@code contentId}, in characters of UTF-16. */
    static final int LONGEST_TEXT = 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Names that clients choose fill no table that outlives the body.
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
     * @param json UTF-8; nothing, or nothing but white space, is an empty object
     * @throws TokenException {@link ErrorCode#KEYSTORE_INVALID_SYNTAX} if it is not JSON, {@link ErrorCode#KEYSTORE_INVALID_PARAMETERS}
     *     if it is something else than an object
     */
    public static KeyFields read(byte[] json) {
        return read(json, "the body");
    }

    /**
     * The same.
     *
     * @param name what the JSON is called in an error
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

    /** A key object whose members are all texts, by their names. */
    public static KeyFields of(Map<String, String> members) {
        ObjectNode object = JSON.createObjectNode();
        members.forEach(object::put);
        return new KeyFields(object);
    }

    private static JsonNode parse(byte[] json, String name) {
        try {
            // Jackson would guess at other encodings, and forgive mistakes in this one.
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
     * The id that a text stands for.
     *
     * @param name what the text is called in an error
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

    /** The client's name of the kek. */
    Optional<String> kekId() {
        Optional<String> kekId = text("kekId");
        kekId.ifPresent(text ->
                check("kekId", text, !text.isEmpty() && PRINTABLE.matcher(text).matches()));
        return kekId;
    }

    /** Free text, of several lines maybe. */
    @Nullable
    String info(@Nullable String otherwise) {
        return changed(
                "info",
                otherwise,
                text -> check("info", text, LINES.matcher(text).matches()));
    }

    /** What the key protects. */
    @Nullable
    String contentId(@Nullable String otherwise) {
        return changed(
                "contentId",
                otherwise,
                text -> check("contentId", text, PRINTABLE.matcher(text).matches()));
    }

    /** From when on the key is not handed out, in whole seconds. */
    @Nullable
    Instant expiration(@Nullable Instant otherwise) {
        return changed("expiration", otherwise, KeyFields::time);
    }

    /** A member that stays as it is where it was not sent, and is taken away by null. */
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

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "KeyFields";
    }
}
