package io.playgrant.token.constraint;

import static io.playgrant.account.Profile.LENIENT;
import static io.playgrant.account.Profile.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.SampleRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViolationsTest {

    private static final Pattern NUMBER = Pattern.compile("\\((-[0-9]+)\\)");

    @Test
    void refusal_ofOneViolationSaysNoMore() {
        TokenException refusal = refusal(SampleRequest.plain().with("deviceId", "x"), STRICT);

        assertThat(refusal.code()).isEqualTo(ErrorCode.DEVICE_ID_NOT_SUPPORTED);
        assertThat(refusal.details()).isEqualTo("deviceId must not be given");
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal)
                .hasMessage("[-7002] Device ID binding is not supported for Widevine: deviceId must not be given");
    }

    @Test
    void refusal_namesTheOthersWithTheirNumbers() {
        SampleRequest request = SampleRequest.plain()
                .with("maxRedemptions", "0")
                .with("generalFlags", "1")
                .with("deviceId", "x");

        TokenException refusal = refusal(request, STRICT);

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_GENERAL_FLAGS);
        assertThat(refusal.details())
                .isEqualTo("generalFlags must be 0000 or 00000000;"
                        + " also: deviceId must not be given (-7002); maxRedemptions must be 1 to 1000 (-6005)");
    }

    @Test
    void refusal_namesAParameterOnce() {
        SampleRequest request = SampleRequest.plain().with("kid", "^" + "\n".repeat(65));

        assertThat(refusal(request, STRICT).details()).isEqualTo("kid must have at most 64 characters after the ^");
    }

    @Test
    void refusal_namesADefaultOfSeveralKeysOnce() {
        SampleRequest request = SampleRequest.indexed(3)
                .without("securityLevel.0")
                .without("securityLevel.1")
                .without("securityLevel.2")
                .with("securityLevel", "9");

        assertThat(refusal(request, STRICT).details()).isEqualTo("securityLevel must be 1 to 5");
    }

    @Test
    void refusal_ordersOneRowByIndex() {
        SampleRequest request = SampleRequest.indexed(12);
        List.of(11, 2, 10).forEach(index -> request.with("trackType." + index, "9"));

        assertThat(refusal(request, LENIENT).details())
                .isEqualTo("trackType.2 must be 0 to 4; also: trackType.10 must be 0 to 4 (-6005);"
                        + " trackType.11 must be 0 to 4 (-6005)");
    }

    @Test
    void refusal_ordersByRowBeforeIndex() {
        SampleRequest request = SampleRequest.indexed(2).without("kid.1").with("contentKey.0", "x");

        assertThat(refusal(request, STRICT).code()).isEqualTo(ErrorCode.MISSING_KID);
    }

    @Test
    void refusal_namesTenOthersAtMost() {
        SampleRequest request = SampleRequest.indexed(16);
        IntStream.range(0, 16).forEach(index -> request.with("trackType." + index, "9"));

        String details = refusal(request, STRICT).details();

        assertThat(NUMBER.matcher(details).results().count()).isEqualTo(10);
        assertThat(details).startsWith("trackType.0 ").contains("trackType.10 ").doesNotContain("trackType.11");
    }

    @Test
    void refusal_namesTheOthersInTheOrderOfTheTable() {
        SampleRequest request = SampleRequest.empty()
                .with("notBefore", "x")
                .with("cookie", "\n")
                .with("ipAddress", "x")
                .with("rightsType", "Rental")
                .with("contentId", "\n");

        TokenException refusal = refusal(request, STRICT);

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_KEY_DATA);
        assertThat(numbers(refusal.details())).containsExactly(-7003, -7006, -2033, -2003, -2022, -2023, -2002);
    }

    @Test
    void refusal_holdsNoValue() {
        String value = "unheard-of";
        SampleRequest request = SampleRequest.plain();
        List.of("generalFlags", "kek", "ek", "contentKey", "kid", "contentId", "securityLevel", "hdcpOutputControl")
                .forEach(name -> request.with(name, value));
        List.of("licenseDuration", "wvExtension", "expirationTime", "deviceId", "ipAddress", "rightsType", "trackType")
                .forEach(name -> request.with(name, value));

        for (Profile profile : Profile.values()) {
            assertThat(refusal(request, profile)).hasMessageNotContaining(value);
        }
    }

    @Test
    void refusal_namesTheIndexThatIsWrong() {
        SampleRequest request = SampleRequest.indexed(1).with("ek.3", SampleRequest.EK);

        TokenException refusal = refusal(request, STRICT);

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_KEY_DATA);
        assertThat(refusal.details())
                .isEqualTo("ek.3: indexes run from .0 without gaps to .15, and kid.0 does not stand beside kid");
    }

    private static TokenException refusal(SampleRequest request, Profile profile) {
        return request.refusal(profile).orElseThrow();
    }

    private static List<Integer> numbers(String details) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(details);
        while (matcher.find()) {
            numbers.add(Integer.valueOf(matcher.group(1)));
        }
        return numbers;
    }
}
