package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code that the token service can raise, over HTTP, in both formats: status, media type and exact body. */
public class TokenErrorsTest {

    private static final String KEY = secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    private static final String KEK = secret("00112233445566778899aabbccddeeff");
    private static final String OTHER_KEK = secret("ffeeddccbbaa99887766554433221100");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");

    /** Codes of other systems, and what only redemption raises. */
    private static final Set<ErrorCode> NOT_RAISED_HERE = EnumSet.of(
            ErrorCode.DEVICE_NOT_AUTHENTICATED,
            ErrorCode.INVALID_TOKEN,
            ErrorCode.LICENSE_GENERATION_FAILED,
            ErrorCode.KEYSTORE_INTERNAL_ERROR,
            ErrorCode.KEYSTORE_INVALID_PARAMETERS,
            ErrorCode.KEYSTORE_INVALID_SYNTAX,
            ErrorCode.KEYSTORE_INCORRECT_KEK,
            ErrorCode.BAD_REQUEST,
            ErrorCode.INTERNAL_ERROR);

    @TempDir
    static Path dataDir;

    private static RunningService service;
    private static Customer strict;
    private static Customer lenient;
    private static Customer disabled;
    private static Customer withoutWidevine;
    private static Customer elsewhere;
    private static Customer withoutCredits;

    /** One refused request: what is changed of a good one, and what must come back. */
    record Refused(ErrorCode code, int status, String details, Who who, Map<String, String> changes) {

        /** Without the parameters' values: they may be secrets, and this is the test's name. */
        @Override
        public String toString() {
            return code + " " + who + " " + changes.keySet();
        }
    }

    enum Who {
        STRICT,
        LENIENT,
        DISABLED,
        WITHOUT_WIDEVINE,
        ELSEWHERE,
        WITHOUT_CREDITS,
        TEST_AUTHENTICATOR,
        UNKNOWN,
        NOBODY
    }

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(dataDir, Map.of());
        strict = service.newCustomer(Profile.STRICT);
        lenient = service.newCustomer(Profile.LENIENT);
        disabled = service.newCustomer(Profile.STRICT);
        withoutWidevine = service.newCustomer(Profile.STRICT);
        Accounts accounts = service.application().accounts();
        accounts.change(disabled.account(), AccountChange.enabled(false));
        accounts.change(withoutWidevine.account(), AccountChange.widevine(false));
        elsewhere = Customer.of(accounts.create(
                "Elsewhere",
                Profile.STRICT,
                List.of(AddressRange.parse("192.0.2.0/24").orElseThrow())));
        withoutCredits = service.newCustomer(Profile.STRICT);
        accounts.change(withoutCredits.account(), AccountChange.credits(Limit.of(0)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<Refused> refusedRequests() {
        List<Refused> all = new ArrayList<>();
        // authenticator and account
        all.add(refused(ErrorCode.MISSING_AUTHENTICATOR, 401, "", Who.NOBODY));
        all.add(refused(ErrorCode.INVALID_AUTHENTICATOR, 401, "", Who.UNKNOWN));
        all.add(refused(
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is of the test environment, the host is of the production environment",
                Who.TEST_AUTHENTICATOR));
        all.add(refused(ErrorCode.ACCOUNT_DISABLED, 401, "", Who.DISABLED));
        all.add(refused(ErrorCode.WIDEVINE_DISABLED, 401, "", Who.WITHOUT_WIDEVINE));
        all.add(refused(
                ErrorCode.INVALID_IP_ADDRESS, 401, "the account may not be used from this address", Who.ELSEWHERE));
        all.add(refused(ErrorCode.INSUFFICIENT_TOKENS, 400, "the account has no credits left", Who.WITHOUT_CREDITS));
        // parameters
        all.add(bad(ErrorCode.INVALID_GENERAL_FLAGS, "generalFlags must be 0000 or 00000000", "generalFlags", "1"));
        all.add(lenient(
                ErrorCode.INVALID_GENERAL_FLAGS,
                "generalFlags must be 0000, 00000000 or 00000001",
                "generalFlags",
                "00000002"));
        all.add(bad(ErrorCode.INVALID_ENCRYPTED_KEY, "kek must be 32, 48 or 64 hexadecimal digits", "kek", "abc"));
        all.add(bad(
                ErrorCode.MISSING_KID,
                "kid is required: 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "kid",
                ""));
        all.add(bad(
                ErrorCode.KID_LENGTH,
                "kid must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "kid",
                "<script>"));
        all.add(bad(
                ErrorCode.KID_NAME_LENGTH,
                "kid must have at most 64 characters after the ^",
                "kid",
                "^" + "x".repeat(65)));
        all.add(bad(
                ErrorCode.INVALID_KID,
                "kid must have at least one character after the ^, and no control character",
                "kid",
                "^"));
        all.add(bad(
                ErrorCode.INVALID_ENCRYPTED_KEY,
                "ek must be 48 hexadecimal digits: a 16-byte content key wrapped per RFC 3394",
                "ek",
                "abc"));
        all.add(bad(ErrorCode.CONTENT_KEY_LENGTH, "contentKey must have 32 digits", "contentKey", "abc"));
        all.add(bad(ErrorCode.INVALID_CONTENT_KEY, "contentKey must be hexadecimal", "contentKey", "x".repeat(32)));
        all.add(bad(
                ErrorCode.INVALID_KEY_DATA,
                "contentId must have at most 64 characters, and no control character",
                "contentId",
                "a\u0000b"));
        all.add(bad(ErrorCode.MISSING_SECURITY_LEVEL, "securityLevel is required: 1 to 5", "securityLevel", ""));
        all.add(bad(ErrorCode.INVALID_SECURITY_LEVEL, "securityLevel must be 1 to 5", "securityLevel", "6"));
        all.add(bad(
                ErrorCode.MISSING_HDCP_OUTPUT_CONTROL,
                "hdcpOutputControl is required: 0 to 2",
                "hdcpOutputControl",
                ""));
        all.add(bad(
                ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE, "hdcpOutputControl must be 0 to 2", "hdcpOutputControl", "3"));
        all.add(lenient(
                ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE, "hdcpOutputControl must be 0 to 5", "hdcpOutputControl", "6"));
        all.add(bad(
                ErrorCode.INVALID_OUTPUT_CONTROL_FLAGS,
                "hdcpOutputControl must be a number",
                "hdcpOutputControl",
                "none"));
        all.add(bad(
                ErrorCode.INVALID_LICENSE_DURATION,
                "licenseDuration must be 1 to 2147483647 seconds",
                "licenseDuration",
                "0"));
        all.add(bad(
                ErrorCode.EXTENSION_VALUE_MISSING,
                "wvExtension must be <4 characters>,<base64>",
                "wvExtension",
                "wver,"));
        all.add(bad(
                ErrorCode.EXTENSION_TYPE_LENGTH,
                "wvExtension must be <4 characters>,<base64>",
                "wvExtension",
                "abc,AAAA"));
        all.add(bad(
                ErrorCode.EXTENSION_PAYLOAD_ENCODING,
                "wvExtension must be <4 characters>,<base64>",
                "wvExtension",
                "wver,!!!!"));
        all.add(bad(
                ErrorCode.INVALID_WV_EXTENSION,
                "wvExtension must be given at most 16 times, 1024 characters in all, as percent-encoded UTF-8",
                "wvExtension",
                "wver," + "A".repeat(1024)));
        all.add(bad(
                ErrorCode.INVALID_EXPIRATION_TIME,
                "expirationTime must be an RFC 3339 time with Z, or + and seconds, in the future and at most 30 days ahead",
                "expirationTime",
                "+2592061"));
        all.add(bad(
                ErrorCode.INVALID_COOKIE,
                "cookie must have at most 32 characters, and no control character",
                "cookie",
                "c".repeat(33)));
        all.add(bad(ErrorCode.DEVICE_ID_NOT_SUPPORTED, "deviceId must not be given", "deviceId", "d"));
        all.add(bad(
                ErrorCode.INVALID_IP_ADDRESS,
                "ipAddress must be one IPv4 or IPv6 address or CIDR range",
                "ipAddress",
                "1.2.3"));
        all.add(bad(
                ErrorCode.OUTPUT_CONTROL_FLAG_LENGTH,
                "outputControlFlags must have 8 hexadecimal digits",
                "outputControlFlags",
                "00"));
        all.add(bad(
                ErrorCode.MISSING_RENTAL_PERIOD_END_TIME,
                "rental.periodEndTime is required with rightsType=Rental",
                "rightsType",
                "Rental",
                "rental.playDuration",
                "60"));
        all.add(bad(
                ErrorCode.MISSING_RENTAL_PLAY_DURATION,
                "rental.playDuration is required with rightsType=Rental",
                "rightsType",
                "Rental",
                "rental.periodEndTime",
                "+60"));
        all.add(bad(
                ErrorCode.INVALID_RENTAL_PLAY_DURATION,
                "rental.playDuration must be 1 to 2147483647 seconds",
                "rental.playDuration",
                "-1"));
        all.add(bad(ErrorCode.INVALID_RENTAL_DURATION, "rightsType must be Rental or BuyToOwn", "rightsType", "Gift"));
        // several errors: the first of the table, the others in the details
        all.add(bad(
                ErrorCode.INVALID_SECURITY_LEVEL,
                "securityLevel must be 1 to 5; also: expirationTime must be an RFC 3339 time with Z, or + and seconds,"
                        + " in the future and at most 30 days ahead (-2002); cookie must have at most 32 characters,"
                        + " and no control character (-2033)",
                "cookie",
                "c".repeat(33),
                "expirationTime",
                "tomorrow",
                "securityLevel",
                "high"));
        // several keys
        all.add(bad(
                ErrorCode.INVALID_KEY_DATA,
                "kid.2: indexes run from .0 without gaps to .15, and kid.0 does not stand beside kid",
                "kid",
                "",
                "kid.0",
                "^a",
                "kid.2",
                "^b"));
        all.add(bad(
                ErrorCode.INVALID_SECURITY_LEVEL, "securityLevel.1 must be 1 to 5", several("securityLevel.1", "9")));
        // key material
        all.add(bad(
                ErrorCode.INVALID_CONTENT_KEY,
                "one of these is required: contentKey; kek and ek; kek of a stored key; kid of a key that the service holds",
                "contentKey",
                ""));
        all.add(bad(ErrorCode.INVALID_KEY_DATA, "contentKey cannot stand together with kek or ek", "kek", KEK));
        all.add(bad(ErrorCode.INVALID_ENCRYPTED_KEY, "ek needs kek", "contentKey", "", "ek", EK));
        all.add(bad(
                ErrorCode.INVALID_ENCRYPTED_KEY,
                "ek does not open under kek",
                "contentKey",
                "",
                "kek",
                OTHER_KEK,
                "ek",
                EK));
        all.add(bad(ErrorCode.KEY_STORAGE_FAILED, "no key is stored under kid", "contentKey", "", "kek", KEK));
        return all;
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void refusal_isTheDocumentedErrorAsJson(Refused refused) throws Exception {
        Answer answer = service.http().get("/hms/wv/token?errorFormat=json&" + query(refused));
        assertThat(answer.status()).isEqualTo(refused.status());
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"code\":" + refused.code().number() + ",\"message\":\"" + message(refused) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void refusal_isTheDocumentedErrorAsHtml(Refused refused) throws Exception {
        Answer answer =
                service.http().post("/hms/wv/token", query(refused), "Content-Type: application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(refused.status());
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body()).isEqualTo(page(message(refused)));
    }

    @Test
    void invalidErrorFormat_isAnsweredAsHtml() throws Exception {
        Answer answer = service.http().get("/hms/wv/token?errorFormat=xml");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body())
                .isEqualTo(
                        page("[-3004] Invalid error format specified: errorFormat must be html or json, given once"));
    }

    @Test
    void accountStorageOutOfReach_isAnAdminError(@TempDir Path folder) throws Exception {
        try (RunningService other = RunningService.start(folder, Map.of())) {
            Customer customer = other.newCustomer(Profile.STRICT);
            other.application().database().close();
            Answer json =
                    other.http().get("/hms/wv/token?errorFormat=json&customerAuthenticator=" + customer.production());
            Answer html = other.http().get("/hms/wv/token?customerAuthenticator=" + customer.production());
            String message = "[-2030] ExpressPlay Admin error: the account storage is out of reach, try again later";
            assertThat(json.status()).isEqualTo(503);
            assertThat(json.header("content-type")).isEqualTo("application/json");
            assertThat(json.body()).isEqualTo("{\"code\":-2030,\"message\":\"" + message + "\"}");
            assertThat(html.status()).isEqualTo(503);
            assertThat(html.header("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(html.body()).isEqualTo(page(message));
        }
    }

    @Test
    void everyCodeOfTheTokenService_hasARequestHere() {
        Set<ErrorCode> covered = refusedRequests().stream()
                .map(Refused::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ErrorCode.class)));
        covered.add(ErrorCode.INVALID_ERROR_FORMAT);
        covered.add(ErrorCode.ADMIN_ERROR);
        Set<ErrorCode> documented = EnumSet.allOf(ErrorCode.class);
        documented.removeIf(code -> !code.isDocumented());
        documented.removeAll(NOT_RAISED_HERE);
        assertThat(covered).isEqualTo(documented);
    }

    public static String page(String message) {
        String escaped = message.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;")
                .replace("=", "&#x3D;");
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>%1$s</title>
                </head>
                <body>
                <p>%1$s</p>
                </body>
                </html>
                """.formatted(escaped);
    }

    private static String message(Refused refused) {
        String message = "[" + refused.code().number() + "] " + refused.code().text();
        return refused.details().isEmpty() ? message : message + ": " + refused.details();
    }

    private static String query(Refused refused) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("customerAuthenticator", authenticator(refused.who()));
        parameters.put("kid", "^film");
        parameters.put("contentKey", KEY);
        parameters.put("securityLevel", "1");
        parameters.put("hdcpOutputControl", "0");
        parameters.putAll(refused.changes());
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String authenticator(Who who) {
        return switch (who) {
            case STRICT -> strict.production();
            case LENIENT -> lenient.production();
            case DISABLED -> disabled.production();
            case WITHOUT_WIDEVINE -> withoutWidevine.production();
            case ELSEWHERE -> elsewhere.production();
            case WITHOUT_CREDITS -> withoutCredits.production();
            case TEST_AUTHENTICATOR -> strict.test();
            case UNKNOWN -> secret("999999,00000000000000000000000000000000");
            case NOBODY -> "";
        };
    }

    private static Refused bad(ErrorCode code, String details, String... changes) {
        return refused(code, 400, details, Who.STRICT, changes);
    }

    private static Refused lenient(ErrorCode code, String details, String... changes) {
        return refused(code, 400, details, Who.LENIENT, changes);
    }

    private static Refused refused(ErrorCode code, int status, String details, Who who, String... changes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            map.put(changes[i], changes[i + 1]);
        }
        return new Refused(code, status, details, who, map);
    }

    /** Two good keys, one parameter of which is changed. */
    private static String[] several(String name, String value) {
        return new String[] {"kid", "", "kid.0", "^a", "kid.1", "^b", name, value};
    }
}
