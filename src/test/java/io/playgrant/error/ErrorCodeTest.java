package io.playgrant.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** Protocol section 3; where the table has two statuses, the first is the usual one. */
    private static final String DOCUMENTED = """
            | -2002 | Invalid token expiration time | 400 |
            | -2003 | Invalid IP address | 400 |
            | -2005 | Invalid content encryption key | 400 |
            | -2008 | Invalid output control flags specified | 400 |
            | -2017 | Authentication token must be supplied | 401 |
            | -2018 | Authentication token invalid | 401 |
            | -2019 | Insufficient tokens available | 400 |
            | -2022 | Missing rental period end time | 400 |
            | -2023 | Missing rental play duration | 400 |
            | -2025 | Invalid rental play duration | 400 |
            | -2027 | Content encryption key must be 32-hexadecimal digits long | 400 |
            | -2030 | ExpressPlay Admin error | 503 |
            | -2031 | Service Account Disabled | 401 |
            | -2033 | Invalid cookie | 400 |
            | -2034 | Invalid Output Control, values out of specified range | 400 |
            | -2035 | No corresponding value specified | 400 |
            | -2036 | Extension type should be 4 characters | 400 |
            | -2037 | Extension payload should be Base64 encoded | 400 |
            | -2040 | OutputControlFlag must be encode 4 bytes | 400 |
            | -3004 | Invalid error format specified | 400 |
            | -4001 | Device could not be authenticated | 401 |
            | -4010 | Invalid token | 401 |
            | -4018 | Missing kid | 400 |
            | -4019 | Failed to get content key from key storage service | 400 |
            | -4020 | kid must be 32 hexadecimal characters long | 400 |
            | -4021 | kid must be 64 characters long after the '^' | 400 |
            | -4022 | Invalid kid | 400 |
            | -4024 | Invalid encrypted key or kek | 400 |
            | -5003 | Invalid general flags | 400 |
            | -6005 | Invalid key data specified | 400 |
            | -6007 | Invalid rental duration specified | 400 |
            | -7002 | Device ID binding is not supported for Widevine | 400 |
            | -7003 | Missing security level value | 400 |
            | -7004 | Invalid security level value | 400 |
            | -7006 | Missing HDCP output control value | 400 |
            | -7007 | Invalid license duration specified | 400 |
            | -7008 | Failed to generate Widevine license | 502 |
            | -7009 | Invalid WVExtension parameters specified | 400 |
            | -7011 | Widevine option disabled | 401 |
            | 1 | Internal error | 500 |
            | 2 | Invalid parameters | 400 |
            | 3 | Invalid syntax | 400 |
            | 5 | Incorrect KEK | 400 |
            """;

    private static final String OWN = """
            | 400 | Bad Request | 400 |
            | 403 | Forbidden | 403 |
            | 404 | Not Found | 404 |
            | 405 | Method Not Allowed | 405 |
            | 413 | Content Too Large | 413 |
            | 415 | Unsupported Media Type | 415 |
            | 429 | Too Many Requests | 429 |
            | 500 | Internal Server Error | 500 |
            | 503 | Service Unavailable | 503 |
            """;

    @Test
    void documentedCodes_areTheProtocolsTables() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(ErrorCode::isDocumented)
                        .map(ErrorCodeTest::row))
                .containsExactlyElementsOf(DOCUMENTED.lines().toList());
    }

    @Test
    void otherCodes_areTheirHttpStatus() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(code -> !code.isDocumented())
                        .map(ErrorCodeTest::row))
                .containsExactlyElementsOf(OWN.lines().toList());
    }

    @Test
    void numbers_areUnique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    }

    private static String row(ErrorCode code) {
        return "| " + code.number() + " | " + code.text() + " | " + code.httpStatus() + " |";
    }
}
