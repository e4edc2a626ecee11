package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON messages (RFC 8259) as {@code docs/token-message.schema.json} describes them.
 *
 * <p>If the message itself is malformed, reading fails with a {@link MessageException}. If one request of a batch is malformed, only its
 * {@link Item} becomes a refusal.
 */
public final class MessageReader {

    /** The largest message, in bytes. */
    public static final int LARGEST_MESSAGE = 1024 * 1024;

    /** The most requests in a message. */
    public static final int MOST_REQUESTS = 1_000;

    /** The longest id, in characters. */
    public static final int LONGEST_ID = 128;

    private static final String AUTHENTICATOR = "customerAuthenticator";

    private static final JsonFactory JSON = JsonFactory.builder()
            // Names that clients choose must not fill tables that outlive the message.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            // The size of the whole message is limited. A limit of the parser for its parts would fail the rest of a
            // batch.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final @Nullable String authenticator;

    /**
     * A reader.
     *
     * @param authenticator the authenticator for requests that have none
     */
    public MessageReader(Optional<String> authenticator) {
        this.authenticator = authenticator.orElse(null);
    }

    /**
     * Reads a message: a single request or a batch.
     *
     * @param json UTF-8
     * @throws MessageException if the message is malformed
     */
    public TokenMessage read(byte[] json) {
        if (json.length > LARGEST_MESSAGE) {
            throw new MessageException(null, "a message has at most " + LARGEST_MESSAGE + " bytes");
        }
        MessageParser draft = parse(json);
        return draft.hasRequests() ? batch(draft) : single(draft, Map.of());
    }

    /**
     * Reads a message that must be a single request, such as a line of a file.
     *
     * @param json UTF-8
     * @throws MessageException if the message is not a single request
     */
    public Item readSingle(byte[] json) {
        return readSingle(json, Map.of());
    }

    /**
     * As {@link #readSingle(byte[])}, with defaults for the parameters of the request.
     *
     * @param json UTF-8
     * @param defaults default values by parameter name
     * @throws MessageException if the message is not a single request
     */
    Item readSingle(byte[] json, Map<String, List<String>> defaults) {
        MessageParser draft = parse(json);
        if (draft.hasRequests()) {
            throw new MessageException(draft.id(), "a batch cannot stand here, only single requests");
        }
        return single(draft, defaults).items().get(0);
    }

    private static MessageParser parse(byte[] json) {
        CharBuffer text = decode(json);
        MessageParser draft = new MessageParser();
        try (JsonParser parser = JSON.createParser(text.array(), 0, text.limit())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MessageException(null, "a message is a JSON object");
            }
            draft.read(parser, true);
            if (parser.nextToken() != null) {
                draft.note("something follows the message's object");
            }
        } catch (StreamConstraintsException e) {
            throw new MessageException(draft.id(), "the message is nested too deeply");
        } catch (IOException e) {
            // Jackson's message may quote the request.
            throw new MessageException(draft.id(), "the message is not JSON");
        }
        return draft;
    }

    /** Decoded here, because Jackson would detect other encodings and tolerate malformed UTF-8. */
    private static CharBuffer decode(byte[] json) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new MessageException(null, "the message is not UTF-8");
        }
    }

    private TokenMessage single(MessageParser draft, Map<String, List<String>> defaults) {
        if (draft.hasDefaults()) {
            draft.note("defaults belong to a batch, beside requests");
        }
        String id = draft.checkedId();
        return new TokenMessage(id, false, List.of(Item.of(id, complete(draft.parametersOrEmpty(), defaults))));
    }

    private TokenMessage batch(MessageParser draft) {
        if (draft.hasParameters()) {
            draft.note("a message has either parameters or requests");
        }
        String id = draft.checkedId();
        Set<String> seen = new HashSet<>();
        List<Item> items = new ArrayList<>();
        for (MessageParser request : draft.requestsOrEmpty()) {
            items.add(item(request, draft.defaultsOrEmpty(), seen));
        }
        return new TokenMessage(id, true, items);
    }

    private Item item(MessageParser request, Map<String, List<String>> defaults, Set<String> seen) {
        if (request.id() != null && !seen.add(request.id())) {
            request.note("an earlier request of this batch has the same id");
        }
        try {
            return Item.of(request.checkedId(), complete(request.parametersOrEmpty(), defaults));
        } catch (MessageException e) {
            return Item.refused(request.id(), TokenException.of(ErrorCode.BAD_REQUEST, e.reason()));
        }
    }

    /** The parameters of a request take precedence over the defaults. */
    private Parameters complete(Map<String, List<String>> own, Map<String, List<String>> defaults) {
        Parameters parameters = new Parameters();
        own.forEach((name, values) -> values.forEach(value -> parameters.add(name, value)));
        defaults.forEach((name, values) -> {
            if (!own.containsKey(name)) {
                values.forEach(value -> parameters.add(name, value));
            }
        });
        if (authenticator != null && parameters.get(AUTHENTICATOR).isAbsent()) {
            parameters.add(AUTHENTICATOR, authenticator);
        }
        return parameters;
    }
}
