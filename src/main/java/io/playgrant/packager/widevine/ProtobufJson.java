package io.playgrant.packager.widevine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Members of a JSON object that is a Protocol Buffers message: names in snake_case or in camelCase, numbers also as texts, bytes in base64
 * or base64url, and null for an absent member. Unknown members are ignored.
 */
final class ProtobufJson {

    private static final int DEEPEST = 10;
    private static final long LARGEST_UINT32 = 0xFFFF_FFFFL;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            // Names that clients choose must not fill tables that outlive the body.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    private final JsonNode object;

    private ProtobufJson(JsonNode object) {
        this.object = object;
    }

    /** Reads an object, and nothing after it. */
    static ProtobufJson read(byte[] bytes) {
        try {
            // Jackson would replace bytes that are not UTF-8.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode read = JSON.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
            if (read != null && read.isObject()) {
                return new ProtobufJson(read);
            }
        } catch (IOException e) {
            // Without the parser's message, which quotes the request.
        }
        throw malformed("is no JSON object");
    }

    /** The text of a member; empty if it is absent. */
    String text(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual()) {
            throw malformed("needs a text as " + name);
        }
        return value.textValue();
    }

    /** The bytes of a member; empty if it is absent. */
    Optional<byte[]> bytes(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String standard = text.replace('-', '+').replace('_', '/');
            return Optional.of(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            throw malformed("needs base64 as " + name);
        }
    }

    /** The number of 32 bits without a sign in a member; empty if it is absent. */
    OptionalLong uint32(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        double number = value.isNumber() || value.isTextual() ? value.asDouble(-1) : -1;
        if (number < 0 || number > LARGEST_UINT32 || number != Math.rint(number)) {
            throw malformed("needs a whole number of 32 bits as " + name);
        }
        return OptionalLong.of((long) number);
    }

    /** Whether a member is true; an absent one is not. */
    boolean isTrue(String name) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw malformed("needs true or false as " + name);
        }
        return value.booleanValue();
    }

    /** The objects in an array; none if it is absent. */
    List<ProtobufJson> objects(String name) {
        JsonNode value = value(name);
        List<ProtobufJson> objects = new ArrayList<>();
        if (!value.isMissingNode() && !value.isArray()) {
            throw malformed("needs an array as " + name);
        }
        for (JsonNode element : value) {
            if (!element.isObject()) {
                throw malformed("needs objects in " + name);
            }
            objects.add(new ProtobufJson(element));
        }
        return objects;
    }

    /** The value of an enum: its name, or its number as digits; empty if the member is absent. */
    String enumValue(String name) {
        JsonNode value = value(name);
        return value.isIntegralNumber() ? value.asText() : text(name);
    }

    private JsonNode value(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            value = object.path(camelCase(name));
        }
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean isAfterUnderscore = i > 0 && name.charAt(i - 1) == '_';
            if (name.charAt(i) != '_') {
                camel.append(isAfterUnderscore ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
            }
        }
        return camel.toString();
    }

    private static WidevineException malformed(String reason) {
        return new WidevineException(WidevineStatus.MALFORMED_REQUEST, "the request " + reason);
    }
}
