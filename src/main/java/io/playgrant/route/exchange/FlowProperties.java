package io.playgrant.route.exchange;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.batch.DeadLetter;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenMessage;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The exchange properties of the flow. Those that the YAML routes look at are plain text. */
public final class FlowProperties {

    /** Text: what the answer's {@code X-Request-Id} and the log line have in common. */
    public static final String REQUEST_ID = "requestId";

    /** Text: the HTTP method. */
    public static final String METHOD = "method";

    /** Text: which transport the request came by. */
    public static final String SOURCE = "source";

    /** The {@link #SOURCE} of requests over HTTP. */
    public static final String HTTP = "http";

    /** The {@link #SOURCE} of what is asked of the key storage over HTTP. */
    public static final String KEYSTORE = "keystore";

    /** The {@link #SOURCE} of what is asked of the records over HTTP. */
    public static final String RECORDS = "records";

    /** The {@link #SOURCE} of lines in a stream over HTTP. */
    public static final String STREAM = "stream";

    /** The {@link #SOURCE} of messages of a Kafka topic. */
    public static final String KAFKA = "kafka";

    /** The {@link #SOURCE} of messages of a JMS queue. */
    public static final String JMS = "jms";

    /** The {@link #SOURCE} of lines of a file. */
    public static final String BATCH = "batch";

    /** Text: {@code html} or {@code json}. */
    public static final String ERROR_FORMAT = "errorFormat";

    /** Text: {@code html} or {@code json}, for errors that the protocol has no number for. */
    public static final String HTTP_ERROR_FORMAT = "httpErrorFormat";

    /** Text: {@code strict} or {@code lenient}. */
    static final String PROFILE = "profile";

    /** Text: the methods that a path knows, once another was used. */
    public static final String ALLOW = "allow";

    /** Text: where the token is to be redeemed. */
    public static final String RIGHTS_URL = "rightsUrl";

    /** Text: {@link #LATER} if the transport sees to the credit itself. */
    public static final String CHARGING = "charging";

    /** The {@link #CHARGING} of what comes by a queue. */
    public static final String LATER = "later";

    /** Text: {@code true} if what came is no message. */
    static final String REFUSED = "refused";

    /** Text: {@code true} if what was answered so far is to be sent. */
    public static final String RESULTS_DUE = "resultsDue";

    /** The dead letters of a poll, to be sent. */
    public static final String DEAD_LETTERS = "deadLetters";

    /** Text: the licence URL, once there is a token. */
    public static final String LICENSE_URL = "licenseUrl";

    /** Text: how the key at hand is given, a {@link io.playgrant.token.KeyMaterial} in lower case. */
    public static final String KEY_MATERIAL = "keyMaterial";

    /** Text: what is asked of the key storage. */
    public static final String OPERATION = "operation";

    /** Text: {@link #DUE} from when on the answer needs a record until it has one. */
    static final String RECORD = "record";

    private static final String DUE = "due";
    private static final String PARAMETERS = "parameters";
    private static final String KEY_COUNT = "keyCount";
    private static final String TOKEN_KEYS = "tokenKeys";
    private static final String ORIGIN = "origin";
    private static final String CALLER = "account";
    private static final String REQUEST = "request";
    private static final String REFUSAL = "refusal";
    private static final String MESSAGE = "tokenMessage";
    private static final String DEAD_LETTER = "deadLetter";
    private static final String ITEM = "item";
    private static final String DEBTOR = "debtor";
    private static final String STREAM_AUTHENTICATOR = "streamAuthenticator";
    private static final String PENDING_RECORDS = "pendingRecords";

    private FlowProperties() {}

    /** Which transport the request came by; a dash if it does not say. */
    public static String source(Exchange exchange) {
        return exchange.getProperty(SOURCE, "-", String.class);
    }

    /** Whether what fails for the moment is tried again by its transport. */
    public static boolean isQueued(Exchange exchange) {
        return LATER.equals(exchange.getProperty(CHARGING, String.class));
    }

    public static void setMessage(Exchange exchange, TokenMessage message) {
        exchange.setProperty(MESSAGE, message);
    }

    public static TokenMessage message(Exchange exchange) {
        return exchange.getProperty(MESSAGE, TokenMessage.class);
    }

    /** The requests of a message. */
    public static List<Item> items(Exchange exchange) {
        return message(exchange).items();
    }

    /** Makes an exchange that of one item of a message. */
    public static void beginItem(Exchange item, Exchange message) {
        item.setProperty(SOURCE, message.getProperty(SOURCE));
        item.setProperty(CHARGING, message.getProperty(CHARGING));
    }

    public static void setDeadLetter(Exchange exchange, DeadLetter letter) {
        exchange.setProperty(DEAD_LETTER, letter);
        exchange.setProperty(REFUSED, "true");
    }

    public static DeadLetter deadLetter(Exchange exchange) {
        return exchange.getProperty(DEAD_LETTER, DeadLetter.class);
    }

    /** Whether the request is a line of a stream, which waits until the account may be given another token. */
    public static boolean isStreamed(Exchange exchange) {
        return STREAM.equals(exchange.getProperty(SOURCE, String.class));
    }

    /** Makes an exchange that of a line of a stream, with all that lines have from the stream. */
    public static void beginLine(Exchange line, Exchange stream) {
        line.setProperty(SOURCE, STREAM);
        line.setProperty(RIGHTS_URL, stream.getProperty(RIGHTS_URL));
        setOrigin(line, origin(stream));
        line.setProperty(CALLER, stream.getProperty(CALLER));
        setRecordDue(line);
        line.setProperty(
                STREAM_AUTHENTICATOR, request(stream).customerAuthenticator().value());
    }

    /** The authenticator of all lines of a stream, a secret. */
    public static String streamAuthenticator(Exchange exchange) {
        return exchange.getProperty(STREAM_AUTHENTICATOR, String.class);
    }

    public static void setItem(Exchange exchange, Item item) {
        exchange.setProperty(ITEM, item);
    }

    /** Whether the request came with others, in a message, a file or a stream. */
    public static boolean isOneOfMany(Exchange exchange) {
        return exchange.getProperty(ITEM) != null;
    }

    /** Which of many requests is at hand. */
    public static Item item(Exchange exchange) {
        return exchange.getProperty(ITEM, Item.class);
    }

    public static void setDebtor(Exchange exchange, long account) {
        exchange.setProperty(DEBTOR, account);
    }

    /** The account that a credit is still to be taken from; null if there is nothing to pay. */
    public static @Nullable Long debtor(Exchange exchange) {
        return exchange.getProperty(DEBTOR, Long.class);
    }

    public static void setOrigin(Exchange exchange, Origin origin) {
        exchange.setProperty(ORIGIN, origin);
    }

    /** Where the request comes from; from inside if the transport does not say. */
    public static Origin origin(Exchange exchange) {
        return exchange.getProperty(ORIGIN, Origin.internal(), Origin.class);
    }

    public static void setParameters(Exchange exchange, Parameters parameters) {
        exchange.setProperty(PARAMETERS, parameters);
    }

    /** What has been read of an HTTP request's parameters. */
    public static Parameters parameters(Exchange exchange) {
        return exchange.getProperty(PARAMETERS, Parameters.class);
    }

    public static void setCaller(Exchange exchange, Caller caller) {
        exchange.setProperty(CALLER, caller);
        exchange.setProperty(PROFILE, caller.account().profile().label());
    }

    /** The caller is known, so that whatever the answer is leaves a record; what comes by a queue does so with its charge. */
    static void setRecordDue(Exchange exchange) {
        if (!isQueued(exchange)) {
            exchange.setProperty(RECORD, DUE);
        }
    }

    /** There is a record, or there need not be one any more. */
    public static void setRecordDone(Exchange exchange) {
        exchange.removeProperty(RECORD);
    }

    public static void setPendingRecords(Exchange exchange, List<TokenRecord> records) {
        exchange.setProperty(PENDING_RECORDS, records);
    }

    /** The records of answers that are about to leave. */
    @SuppressWarnings("unchecked")
    public static List<TokenRecord> pendingRecords(Exchange exchange) {
        return exchange.getProperty(PENDING_RECORDS, List.class);
    }

    /** Who is calling, once that is known. */
    public static Optional<Caller> caller(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(CALLER, Caller.class));
    }

    public static void setRefusal(Exchange exchange, ErrorCode code) {
        exchange.setProperty(REFUSAL, code);
    }

    /** Why the request was refused; empty if it was not. */
    public static Optional<ErrorCode> refusal(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(REFUSAL, ErrorCode.class));
    }

    static void setRequest(Exchange exchange, TokenRequest request) {
        exchange.setProperty(REQUEST, request);
        exchange.setProperty(KEY_COUNT, request.keys().size());
        exchange.setProperty(TOKEN_KEYS, new ArrayList<TokenKey>(request.keys().size()));
    }

    /** The keys that the token is to carry, in the request's order, as far as they were obtained. */
    @SuppressWarnings("unchecked")
    public static List<TokenKey> tokenKeys(Exchange exchange) {
        return exchange.getProperty(TOKEN_KEYS, List.class);
    }

    public static TokenRequest request(Exchange exchange) {
        return exchange.getProperty(REQUEST, TokenRequest.class);
    }

    /** The request, if it has been read so far. */
    public static Optional<TokenRequest> requestIfRead(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(REQUEST, TokenRequest.class));
    }
}
