package io.playgrant.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.playgrant.operator.Operator;
import io.playgrant.operator.Role;
import io.playgrant.operator.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of the console or the admin API, completely read, with the operator who sent it. Handled on a worker thread. */
public final class ConsoleCall {

    static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String JSON_TYPE = "application/json";
    private static final int DEEPEST_JSON = 32;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_JSON)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ReceivedRequest request;
    private final @Nullable Caller caller;
    private final FormFields query;
    private @Nullable FormFields form;

    ConsoleCall(ReceivedRequest request, @Nullable Caller caller) {
        this.request = request;
        this.caller = caller;
        this.query = FormFields.decode(request.query());
    }

    /**
     * Who sends a request.
     *
     * @param operator the operator
     * @param session the session; null if the request has an API token
     * @param csrfToken the CSRF token of the session; empty without one
     */
    record Caller(Operator operator, @Nullable Session session, String csrfToken) {

        @Override
        public String toString() {
            return operator.toString();
        }
    }

    /** The operator. Not for endpoints that are open to everybody. */
    public Operator operator() {
        return Objects.requireNonNull(caller, "no operator").operator;
    }

    /** The session; empty if the request has an API token. */
    public Optional<Session> session() {
        return caller == null ? Optional.empty() : Optional.ofNullable(caller.session);
    }

    /** The address of the client, in front of trusted proxies. */
    public String address() {
        return request.origin().address();
    }

    /** Whether the client uses TLS. */
    public boolean isSecure() {
        return request.origin().isSecure();
    }

    /** The id of the request, which is also in the header {@code X-Request-Id} of the answer. */
    public String requestId() {
        return request.id();
    }

    /** The method. */
    public String method() {
        return request.method();
    }

    /** The path with its query, as the client sent it. */
    public String target() {
        return request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    }

    /** A path parameter, decoded. */
    public String path(String name) {
        return Objects.requireNonNull(request.pathParameters().get(name), name);
    }

    /** A parameter of the query. */
    public Optional<String> query(String name) {
        return query.get(name);
    }

    /** The parameters of the query, each with its first value. */
    public Map<String, String> query() {
        Map<String, String> values = new LinkedHashMap<>();
        query.names().forEach(name -> values.put(name, query.get(name).orElse("")));
        return values;
    }

    /** A header; several lines are one list (RFC 9110 section 5.3). */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** A cookie. */
    public Optional<String> cookie(String name) {
        return request.cookie(name);
    }

    /** The body. */
    public byte[] body() {
        return request.body();
    }

    /**
     * The fields of a form; none if the body is something else.
     *
     * @throws ConsoleException if the form is malformed
     */
    public FormFields form() {
        if (form == null) {
            form = FormFields.decode(hasType(FORM_TYPE) ? new String(body(), StandardCharsets.UTF_8) : "");
        }
        return form;
    }

    /**
     * The body as JSON.
     *
     * @throws ConsoleException if it has another type or is malformed
     */
    public JsonNode json() {
        if (!hasType(JSON_TYPE)) {
            throw new ConsoleException(415, "Unsupported Media Type", "The body must have the type application/json.");
        }
        try {
            JsonNode json = JSON.readTree(body());
            if (json != null && !json.isMissingNode()) {
                return json;
            }
        } catch (IOException e) {
            // Its message may quote the body.
        }
        throw new ConsoleException(
                400,
                "Bad Request",
                "The body must be JSON (RFC 8259) without repeated names and nested at most " + DEEPEST_JSON
                        + " deep.");
    }

    private boolean hasType(String type) {
        String given = header("Content-Type").orElse("");
        int end = given.indexOf(';');
        return (end < 0 ? given : given.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(type);
    }

    /** Whether htmx sent the request, for a part of a page. */
    public boolean isHtmx() {
        return header("HX-Request").filter("true"::equals).isPresent();
    }

    /** The CSRF token of the session, for the field {@code csrf} of forms and the header {@code X-CSRF-Token}; empty without a session. */
    public String csrfToken() {
        return caller == null ? "" : caller.csrfToken;
    }

    /** Whether the operator has at least this role. */
    public boolean mayDo(Role least) {
        return caller != null && caller.operator.role().includes(least);
    }

    /** The author of changes, for the audit. */
    public String who() {
        return operator().at(address());
    }

    /** Without headers and body, which may have secrets. */
    @Override
    public String toString() {
        return request.toString();
    }
}
