package io.playgrant.error;

/**
 * The documented errors: number, text and HTTP status, as in the protocol's tables (sections 3 and 6).
 *
 * <p>Errors without a number in the tables use their HTTP status as the number.
 */
public enum ErrorCode {
    INVALID_EXPIRATION_TIME(-2002, "Invalid token expiration time", 400),
    INVALID_IP_ADDRESS(-2003, "Invalid IP address", 400),
    INVALID_CONTENT_KEY(-2005, "Invalid content encryption key", 400),
    INVALID_OUTPUT_CONTROL_FLAGS(-2008, "Invalid output control flags specified", 400),
    MISSING_AUTHENTICATOR(-2017, "Authentication token must be supplied", 401),
    INVALID_AUTHENTICATOR(-2018, "Authentication token invalid", 401),
    INSUFFICIENT_TOKENS(-2019, "Insufficient tokens available", 400),
    MISSING_RENTAL_PERIOD_END_TIME(-2022, "Missing rental period end time", 400),
    MISSING_RENTAL_PLAY_DURATION(-2023, "Missing rental play duration", 400),
    INVALID_RENTAL_PLAY_DURATION(-2025, "Invalid rental play duration", 400),
    CONTENT_KEY_LENGTH(-2027, "Content encryption key must be 32-hexadecimal digits long", 400),
    ADMIN_ERROR(-2030, "ExpressPlay Admin error", 503),
    ACCOUNT_DISABLED(-2031, "Service Account Disabled", 401),
    INVALID_COOKIE(-2033, "Invalid cookie", 400),
    OUTPUT_CONTROL_OUT_OF_RANGE(-2034, "Invalid Output Control, values out of specified range", 400),
    EXTENSION_VALUE_MISSING(-2035, "No corresponding value specified", 400),
    EXTENSION_TYPE_LENGTH(-2036, "Extension type should be 4 characters", 400),
    EXTENSION_PAYLOAD_ENCODING(-2037, "Extension payload should be Base64 encoded", 400),
    OUTPUT_CONTROL_FLAG_LENGTH(-2040, "OutputControlFlag must be encode 4 bytes", 400),
    INVALID_ERROR_FORMAT(-3004, "Invalid error format specified", 400),
    DEVICE_NOT_AUTHENTICATED(-4001, "Device could not be authenticated", 401),
    INVALID_TOKEN(-4010, "Invalid token", 401),
    MISSING_KID(-4018, "Missing kid", 400),
    KEY_STORAGE_FAILED(-4019, "Failed to get content key from key storage service", 400),
    KID_LENGTH(-4020, "kid must be 32 hexadecimal characters long", 400),
    KID_NAME_LENGTH(-4021, "kid must be 64 characters long after the '^'", 400),
    INVALID_KID(-4022, "Invalid kid", 400),
    INVALID_ENCRYPTED_KEY(-4024, "Invalid encrypted key or kek", 400),
    INVALID_GENERAL_FLAGS(-5003, "Invalid general flags", 400),
    INVALID_KEY_DATA(-6005, "Invalid key data specified", 400),
    INVALID_RENTAL_DURATION(-6007, "Invalid rental duration specified", 400),
    DEVICE_ID_NOT_SUPPORTED(-7002, "Device ID binding is not supported for Widevine", 400),
    MISSING_SECURITY_LEVEL(-7003, "Missing security level value", 400),
    INVALID_SECURITY_LEVEL(-7004, "Invalid security level value", 400),
    MISSING_HDCP_OUTPUT_CONTROL(-7006, "Missing HDCP output control value", 400),
    INVALID_LICENSE_DURATION(-7007, "Invalid license duration specified", 400),
    LICENSE_GENERATION_FAILED(-7008, "Failed to generate Widevine license", 502),
    INVALID_WV_EXTENSION(-7009, "Invalid WVExtension parameters specified", 400),
    WIDEVINE_DISABLED(-7011, "Widevine option disabled", 401),

    // Errors of the key storage (section 6). 4, "KID exists", is never raised: the answer is the existing key.
    KEYSTORE_INTERNAL_ERROR(1, "Internal error", 500),
    KEYSTORE_INVALID_PARAMETERS(2, "Invalid parameters", 400),
    KEYSTORE_INVALID_SYNTAX(3, "Invalid syntax", 400),
    KEYSTORE_INCORRECT_KEK(5, "Incorrect KEK", 400),

    BAD_REQUEST(400, "Bad Request", 400),
    FORBIDDEN(403, "Forbidden", 403),
    NOT_FOUND(404, "Not Found", 404),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", 405),
    CONTENT_TOO_LARGE(413, "Content Too Large", 413),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", 415),
    TOO_MANY_REQUESTS(429, "Too Many Requests", 429),
    INTERNAL_ERROR(500, "Internal Server Error", 500),
    SERVICE_UNAVAILABLE(503, "Service Unavailable", 503);

    private final int number;
    private final String text;
    private final int httpStatus;

    ErrorCode(int number, String text, int httpStatus) {
        this.number = number;
        this.text = text;
        this.httpStatus = httpStatus;
    }

    /** The error with a number. */
    public static ErrorCode ofNumber(int number) {
        for (ErrorCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        throw new IllegalArgumentException("there is no error " + number);
    }

    /** The number that clients see as {@code code}. */
    public int number() {
        return number;
    }

    /** The documented text, without the number. */
    public String text() {
        return text;
    }

    /** The usual HTTP status of this error; a refusal may have another one, see {@link TokenException#status()}. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the protocol's tables have a number for this error; if not, the number is the HTTP status. */
    public boolean isDocumented() {
        return number != httpStatus;
    }
}
