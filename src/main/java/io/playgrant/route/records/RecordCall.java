package io.playgrant.route.records;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordQuery;
import io.playgrant.route.exchange.AccountRequest;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A search for records over HTTP. Its parameters are read, and refused, when the caller is known. */
final class RecordCall extends AccountRequest {

    /** The most records of a page. */
    static final int LARGEST_PAGE = 1_000;

    /** The longest time that a search with a filter may span. */
    static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    private static final int USUAL_PAGE = 32;
    private static final Pattern TOKEN_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,5}");

    private final Parameters parameters;

    /**
     * A search.
     *
     * @param id see {@link AccountRequest}
     * @param origin see {@link AccountRequest}
     * @param parameters those of the query, and the caller's authenticator; may hold secrets
     */
    RecordCall(String id, Origin origin, Parameters parameters) {
        super(id, "records", origin);
        this.parameters = parameters;
    }

    static RecordCall of(AdmittedCall call) {
        return new RecordCall(call.id(), call.origin(), call.parameters());
    }

    @Override
    public Parameter customerAuthenticator() {
        return parameters.get("customerAuthenticator");
    }

    /**
     * The query, which finds only the caller's records.
     *
     * @throws TokenException {@link ErrorCode#BAD_REQUEST} if a parameter is not what it should be
     */
    RecordQuery query(Instant now) {
        Instant to = read("to", RecordCall::time);
        RecordQuery.Filter filter = new RecordQuery.Filter(
                        read("cookie", Function.identity()),
                        read("tokenId", RecordCall::tokenId),
                        read("kid", RecordCall::kid),
                        read("code", RecordCall::number))
                .withRequestId(read("requestId", Function.identity()))
                .withContentId(read("contentId", Function.identity()));
        Instant from = read("from", RecordCall::time);
        if (!filter.isNone() && from != null) {
            checkWindow(from, to == null ? now : to);
        }
        return new RecordQuery(
                        caller().account().number(),
                        caller().environment(),
                        filter,
                        from,
                        to,
                        read("before", RecordCall::cursor),
                        limit())
                .bounded(now);
    }

    private static void checkWindow(Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(LONGEST_WINDOW) > 0) {
            throw invalid("with cookie, tokenId, kid, code, requestId or contentId, from and to must be at most "
                    + LONGEST_WINDOW.toDays() + " days apart");
        }
    }

    private int limit() {
        Integer limit = read("limit", RecordCall::number);
        if (limit == null) {
            return USUAL_PAGE;
        }
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new Malformed("must be 1 to " + LARGEST_PAGE).of("limit");
        }
        return limit;
    }

    private <T> @Nullable T read(String name, Function<String, T> reading) {
        Parameter parameter = parameters.get(name);
        if (parameter.isAbsent()) {
            return null;
        }
        try {
            if (!parameter.isSingle()) {
                throw new Malformed("must be given once, as percent-encoded UTF-8");
            }
            return reading.apply(parameter.value());
        } catch (Malformed e) {
            throw e.of(name);
        }
    }

    private static String tokenId(String text) {
        if (!TOKEN_ID.matcher(text).matches()) {
            throw new Malformed("must be 32 hexadecimal digits");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static KeyId kid(String text) {
        try {
            return KeyFields.readKid("kid", text);
        } catch (TokenException e) {
            throw invalid(e.details());
        }
    }

    private static Integer number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new Malformed("must be a number");
        }
        return Integer.valueOf(text);
    }

    private static RecordCursor cursor(String text) {
        return RecordCursor.parse(text).orElseThrow(() -> new Malformed("must be the next of the page before"));
    }

    private static Instant time(String text) {
        return RecordQuery.time(text)
                .orElseThrow(() -> new Malformed("must be a time of RFC 3339, as in 2026-11-23T12:00:00Z"));
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.BAD_REQUEST, details);
    }

    /** The expected form of a parameter, before its name is added. */
    private static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final String expected;

        private Malformed(String expected) {
            super(expected, null, false, false);
            this.expected = expected;
        }

        TokenException of(String name) {
            return invalid(name + " " + expected);
        }
    }
}
