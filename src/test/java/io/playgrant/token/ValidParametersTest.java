package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.playgrant.account.Profile;
import jakarta.validation.ClockProvider;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintViolation;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidParametersTest {

    private static final String TEMPLATE = "${1+1}{parameter}";

    @Test
    void validation_reportsTheFirstErrorOfEachParameter() {
        SampleRequest request =
                SampleRequest.plain().with("kid", "^" + "\n".repeat(65)).with("deviceId", "x");

        assertThat(request.violations(Profile.STRICT))
                .extracting(violation -> violation.getPropertyPath().toString(), ConstraintViolation::getMessage)
                .containsExactlyInAnyOrder(
                        tuple("kid", "must have at most 64 characters after the ^"),
                        tuple("deviceId", "must not be given"));
    }

    @Test
    void validation_tellsParametersWithTheSameErrorApart() {
        SampleRequest request = SampleRequest.indexed(2)
                .with("trackType.0", "9")
                .with("trackType.1", "9")
                .with("ek", "x");

        assertThat(request.violations(Profile.LENIENT))
                .extracting(violation -> violation.getPropertyPath().toString())
                .containsExactlyInAnyOrder("trackType.0", "trackType.1", "ek");
    }

    @Test
    void validation_takesNothingThatWasSentForATemplate() {
        SampleRequest request = SampleRequest.indexed(1)
                .with("kid.0", TEMPLATE)
                .with("contentId", TEMPLATE + "\n")
                .with("wvExtension", TEMPLATE)
                .with("ek.01", TEMPLATE);

        Set<ConstraintViolation<TokenRequest>> violations = request.violations(Profile.STRICT);

        assertThat(violations).hasSize(4).allSatisfy(violation -> {
            assertThat(violation.getMessage()).isEqualTo(violation.getMessageTemplate());
            assertThat(violation.getMessage()).doesNotContain("$", "{", "parameter", "ek.01");
            assertThat(violation.toString()).doesNotContain(TEMPLATE);
        });
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void isValid_ofACorrectRequestAsksTheContextForTheTimeOnlyAndOnce(Profile profile) {
        ValidParameters.Validator validator = new ValidParameters.Validator();
        validator.initialize(constraint(profile));
        AtomicInteger asked = new AtomicInteger();

        boolean isValid = validator.isValid(
                SampleRequest.indexed(3)
                        .with("expirationTime", "+60")
                        .with("notBefore", "+59")
                        .request(),
                contextWithAClockOnly(asked));

        assertThat(isValid).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void request_hasOneConstraintForEachProfile() {
        assertThat(TokenRequest.class.getAnnotationsByType(ValidParameters.class))
                .extracting(ValidParameters::profile, ValidParameters::groups)
                .containsExactly(
                        tuple(Profile.STRICT, new Class<?>[] {Strict.class}),
                        tuple(Profile.LENIENT, new Class<?>[] {Lenient.class}));
    }

    private static ValidParameters constraint(Profile profile) {
        return Arrays.stream(TokenRequest.class.getAnnotationsByType(ValidParameters.class))
                .filter(constraint -> constraint.profile() == profile)
                .findAny()
                .orElseThrow();
    }

    private static ConstraintValidatorContext contextWithAClockOnly(AtomicInteger asked) {
        ClockProvider clock = () -> Clock.fixed(SampleRequest.NOW, ZoneOffset.UTC);
        return (ConstraintValidatorContext) Proxy.newProxyInstance(
                ValidParametersTest.class.getClassLoader(),
                new Class<?>[] {ConstraintValidatorContext.class},
                (context, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getClockProvider");
                    asked.incrementAndGet();
                    return clock;
                });
    }
}
