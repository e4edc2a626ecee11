package io.playgrant.token;

import io.playgrant.TestSecrets;
import io.playgrant.account.Profile;
import io.playgrant.error.TokenException;
import io.playgrant.token.constraint.Violations;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** A request under test: one that every profile accepts, until something about it is changed. */
public final class SampleRequest {

    /** When it is validated; not a whole second, as no real time is. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");

    public static final String KID = "00112233445566778899aabbccddeeff";
    public static final String CONTENT_KEY = TestSecrets.secret("c0de5ec2e7000000000000000000a1b2");
    public static final String KEK = TestSecrets.secret("6b656b5f00112233445566778899a0b1");
    public static final String EK = TestSecrets.secret("e1c0ffee00112233445566778899a0b1c2d3e4f506172839");

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .clockProvider(() -> Clock.fixed(NOW, ZoneOffset.UTC))
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private static final Set<String> SECRET = Set.of("contentKey", "kek", "ek", "customerAuthenticator");
    private static final int TELLING_LENGTH = 16;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> malformed = new TreeSet<>();

    private SampleRequest() {}

    /** Nothing at all. */
    public static SampleRequest empty() {
        return new SampleRequest();
    }

    /** What the strict profile requires and no more. */
    public static SampleRequest plain() {
        return empty().with("kid", KID)
                .with("contentKey", CONTENT_KEY)
                .with("securityLevel", "1")
                .with("hdcpOutputControl", "0");
    }

    /** The same for several keys. */
    public static SampleRequest indexed(int count) {
        SampleRequest request = empty();
        IntStream.range(0, count)
                .forEach(index -> request.with("kid." + index, kid(index))
                        .with("contentKey." + index, contentKey(index))
                        .with("securityLevel." + index, "1")
                        .with("hdcpOutputControl." + index, "0"));
        return request;
    }

    public static String kid(int index) {
        return KID.substring(2) + String.format("%02x", index);
    }

    public static String contentKey(int index) {
        return TestSecrets.secret(CONTENT_KEY.substring(2) + String.format("%02x", index));
    }

    /** Sends these values instead of what was sent; none if none are given. */
    public SampleRequest with(String name, String... sent) {
        if (SECRET.contains(name.replaceFirst("\\..*", ""))) {
            for (String value : sent) {
                if (value.length() >= TELLING_LENGTH) {
                    TestSecrets.secret(value);
                }
            }
        }
        values.put(name, List.of(sent));
        return this;
    }

    public SampleRequest without(String name) {
        values.remove(name);
        malformed.remove(name);
        return this;
    }

    public SampleRequest malformed(String name) {
        malformed.add(name);
        return this;
    }

    public Parameters parameters() {
        Parameters parameters = new Parameters();
        values.forEach((name, sent) -> sent.forEach(value -> parameters.add(name, value)));
        malformed.forEach(parameters::addMalformed);
        return parameters;
    }

    public TokenRequest request() {
        return TokenRequest.of(parameters());
    }

    /** What Bean Validation finds by this profile. */
    Set<ConstraintViolation<TokenRequest>> violations(Profile profile) {
        return VALIDATOR.validate(request(), profile == Profile.LENIENT ? Lenient.class : Strict.class);
    }

    /** What a caller of this profile is told; empty if the request is accepted. */
    public Optional<TokenException> refusal(Profile profile) {
        Set<ConstraintViolation<TokenRequest>> violations = violations(profile);
        return violations.isEmpty() ? Optional.empty() : Optional.of(Violations.refusal(violations));
    }

    /** The names only. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
