package io.playgrant.route.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.token.Lenient;
import io.playgrant.token.SampleRequest;
import io.playgrant.token.Strict;
import io.playgrant.token.TokenRequest;
import io.playgrant.token.ValidParameters;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFirstValidatorTest {

    private static final int REQUESTS = 5_000;
    private static final Clock CLOCK = Clock.fixed(SampleRequest.NOW, ZoneOffset.UTC);

    private static final List<String> NAMES = List.of(
            "generalFlags",
            "kid",
            "kid.0",
            "contentKey",
            "contentId",
            "securityLevel",
            "hdcpOutputControl",
            "trackType",
            "wvExtension",
            "licenseDuration",
            "expirationTime",
            "notBefore",
            "cookie",
            "deviceId",
            "ipAddress",
            "outputControlFlags",
            "rightsType",
            "rental.periodEndTime",
            "rental.playDuration",
            "rentalDuration",
            "playbackDuration",
            "maxRedemptions",
            "kid.9");

    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "3",
            "9",
            "0000",
            "00000001",
            "^a",
            "+60",
            "+9999999",
            "2026-03-02T12:00:00Z",
            "Rental",
            "abcd,AAAA",
            "10.0.0.1",
            "\n",
            SampleRequest.KID);

    private final ValidatorFactory complete = Validation.byDefaultProvider()
            .configure()
            .clockProvider(() -> CLOCK)
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory();
    private final Validator validator = new TableFirstValidatorFactory(complete).getValidator();

    @ParameterizedTest
    @ValueSource(classes = {Strict.class, Lenient.class, Default.class})
    void validate_findsWhatBeanValidationFinds(Class<?> group) {
        Random random = new Random(13);
        int accepted = 0;
        for (int sample = 0; sample < REQUESTS; sample++) {
            SampleRequest request = SampleRequest.plain();
            for (int change = random.nextInt(4); change > 0; change--) {
                request.with(NAMES.get(random.nextInt(NAMES.size())), VALUES.get(random.nextInt(VALUES.size())));
            }
            Issuance issuance = issuance(request);

            Set<String> found = texts(validator.validate(issuance, group));

            assertThat(found)
                    .as(request::toString)
                    .isEqualTo(texts(complete.getValidator().validate(issuance, group)));
            accepted += found.isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isBetween(REQUESTS / 4, group == Default.class ? REQUESTS : REQUESTS * 3 / 4);
    }

    @Test
    void validate_ofARequestThatKeepsAllRulesAsksNobody() {
        Validator silent = new TableFirstValidator(
                (Validator) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Validator.class}, (proxy, method, arguments) -> {
                            throw new AssertionError(method.getName());
                        }),
                CLOCK);

        assertThat(silent.validate(issuance(SampleRequest.plain()), Strict.class))
                .isEmpty();
        assertThat(silent.validate(issuance(SampleRequest.plain()), Lenient.class))
                .isEmpty();
    }

    /** Otherwise the validator would have to ask for the other constraints as well. */
    @Test
    void theTable_isTheOnlyConstraintOfAnIssuance() {
        BeanDescriptor issuance = validator.getConstraintsForClass(Issuance.class);
        BeanDescriptor request = validator.getConstraintsForClass(TokenRequest.class);

        assertThat(issuance.getConstraintDescriptors()).isEmpty();
        assertThat(issuance.getConstrainedProperties()).singleElement().satisfies(property -> {
            assertThat(property.getPropertyName()).isEqualTo("request");
            assertThat(property.getConstraintDescriptors()).isEmpty();
        });
        assertThat(request.getConstrainedProperties())
                .extracting(PropertyDescriptor::getPropertyName)
                .isEmpty();
        assertThat(request.getConstraintDescriptors())
                .hasSize(2)
                .allSatisfy(constraint -> assertThat(constraint.getAnnotation()).isInstanceOf(ValidParameters.class));
    }

    private static Issuance issuance(SampleRequest request) {
        return Issuance.overHttp("id", Origin.internal(), "http://localhost/", request.request());
    }

    private static Set<String> texts(Set<ConstraintViolation<Issuance>> violations) {
        return violations.stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .collect(Collectors.toSet());
    }
}
