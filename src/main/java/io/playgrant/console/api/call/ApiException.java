package io.playgrant.console.api.call;

import io.playgrant.console.http.Answer;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal of the admin API. It is a value, not a failure of the program: it has no stack trace. Its texts contain no secrets. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final @Nullable Integer code;
    private final transient List<FieldProblem> fields;

    private ApiException(ProblemType type, String detail, @Nullable Integer code, List<FieldProblem> fields) {
        super(type + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    /** A refusal with a sentence for people. */
    public static ApiException of(ProblemType type, String detail) {
        return new ApiException(type, detail, null, List.of());
    }

    /** There is no resource under this path. */
    public static ApiException notFound(String detail) {
        return of(ProblemType.NOT_FOUND, detail);
    }

    /** The state of the resource does not allow the request. */
    public static ApiException conflict(String detail) {
        return of(ProblemType.CONFLICT, detail);
    }

    /** A refusal of the service, with its documented code. */
    public static ApiException ofService(ProblemType type, String detail, int code) {
        return new ApiException(type, detail, code, List.of());
    }

    /** A refusal of the flow. */
    public static ApiException ofService(ErrorMessage error) {
        ErrorCode code = ErrorCode.ofNumber(error.code());
        ProblemType type = ProblemType.ofStatus(code.httpStatus());
        return code.isDocumented() ? ofService(type, error.message(), error.code()) : of(type, error.message());
    }

    /** The input is invalid. */
    static ApiException invalid(List<FieldProblem> fields) {
        return new ApiException(ProblemType.INVALID_INPUT, "The request is invalid, see fields", null, fields);
    }

    /** One member or parameter is invalid. */
    public static ApiException invalid(String name, String detail) {
        return invalid(List.of(new FieldProblem(name, detail)));
    }

    /**
     * The answer, in the form of RFC 9457.
     *
     * @param requestId the id of the request, which is also in its header
     */
    Answer answer(String requestId) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.uri());
        json.put("title", type.title());
        json.put("status", type.status());
        json.put("detail", detail);
        if (code != null) {
            json.put("code", code);
        }
        if (!fields.isEmpty()) {
            json.put("fields", fields.stream().map(FieldProblem::json).toList());
        }
        json.put("requestId", requestId);
        return ApiJson.answer(type.status(), "application/problem+json", json);
    }
}
