package io.playgrant.token;

import static io.playgrant.account.Profile.LENIENT;
import static io.playgrant.account.Profile.STRICT;
import static io.playgrant.token.SampleRequest.indexed;
import static io.playgrant.token.SampleRequest.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playgrant.account.Account;
import io.playgrant.account.AccountBuilder;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.sealing.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenMintTest {

    private static final Instant ISSUED = Instant.parse("2026-03-01T12:00:00Z");
    private static final int THIRTY_DAYS = 2_592_000;

    private final KeyRing ring = SampleTokens.ring();
    private final TokenOpener opener = new TokenOpener(() -> ring);

    @Test
    void mint_ofTheRequiredParametersAlone() {
        Claims claims = mint(STRICT, plain()).claims();

        assertThat(claims)
                .isEqualTo(new ClaimsBuilder()
                        .tokenId(claims.tokenId())
                        .issuedAt(ISSUED)
                        .expiresAt(ISSUED.plusSeconds(THIRTY_DAYS))
                        .keys(List.of(TokenKey.of(
                                plain().request().keys().get(0), ContentKey.ofHex(SampleRequest.CONTENT_KEY))))
                        .build());
        assertThat(claims.tokenId()).matches("[0-9a-f]{32}");
    }

    @Test
    void mint_ofEveryParameter() {
        SampleRequest request = indexed(16)
                .with("generalFlags", "00000001")
                .with("contentId", "film")
                .with("licenseDuration", "60")
                .with("wvExtension", "abcd,AAAA", "efgh,/w==")
                .with("expirationTime", "+120")
                .with("cookie", "crumbs")
                .with("ipAddress", "10.0.0.0/8")
                .with("playbackDuration", "30")
                .with("rightsType", "Rental")
                .with("rental.periodEndTime", "+180")
                .with("maxRedemptions", "1000")
                .with("notBefore", " 60");

        Claims claims = mint(LENIENT, request).claims();

        assertThat(claims)
                .isEqualTo(new Claims(
                        SampleTokens.ACCOUNT,
                        Environment.PRODUCTION,
                        claims.tokenId(),
                        ISSUED,
                        ISSUED.plusSeconds(120),
                        ISSUED.plusSeconds(60),
                        keys(request),
                        "film",
                        60,
                        30,
                        ISSUED.plusSeconds(180),
                        true,
                        List.of(new WvExtension("abcd", "AAAA"), new WvExtension("efgh", "/w==")),
                        "crumbs",
                        "10.0.0.0/8",
                        1_000));
    }

    @ParameterizedTest
    @EnumSource(Environment.class)
    void mint_isOpenedAsItWasMinted(Environment environment) {
        LicenseToken token = new TokenMint(() -> ring, SampleTokens.CLOCK, SampleTokens.RANDOM)
                .mint(plain().request(), SampleTokens.caller(STRICT, environment), keys(plain()));

        assertThat(token.claims().environment()).isEqualTo(environment);
        assertThat(opener.open(token.value())).isEqualTo(token.claims());
    }

    @ParameterizedTest
    @CsvSource({
        "STRICT, , , , , ,",
        "STRICT, 60, , , , , 60",
        "STRICT, , 30, , , , 30",
        "STRICT, 60, 30, , , , 30",
        "STRICT, 30, 60, , , , 30",
        "STRICT, 30, 30, , , , 30",
        "STRICT, 60, 30, Rental, 20, , 20",
        "STRICT, 20, 60, Rental, 30, , 20",
        "STRICT, , , Rental, 20, , 20",
        "STRICT, 60, 30, BuyToOwn, 20, , 30",
        "STRICT, , , , 20, ,",
        "STRICT, 2147483647, , , , , 2147483647",
        "LENIENT, , , , , ,",
        "LENIENT, 60, , , , 60,",
        "LENIENT, , 30, , , , 30",
        "LENIENT, 60, 30, , , 60, 30",
        "LENIENT, 30, 60, , , 30, 60",
        "LENIENT, 10, 60, Rental, 20, 10, 20",
        "LENIENT, 60, 20, Rental, 30, 60, 20",
        "LENIENT, , , Rental, , ,",
        "LENIENT, , , BuyToOwn, 20, ,",
        "LENIENT, , , , 20, ,"
    })
    void mint_durationsOfEachProfile(
            Profile profile,
            @Nullable String sentLicense,
            @Nullable String sentPlayback,
            @Nullable String rightsType,
            @Nullable String playDuration,
            @Nullable Integer license,
            @Nullable Integer playback) {
        SampleRequest request = plain().with("licenseDuration", orEmpty(sentLicense))
                .with("playbackDuration", orEmpty(sentPlayback))
                .with("rightsType", orEmpty(rightsType))
                .with("rental.playDuration", orEmpty(playDuration))
                .with("rental.periodEndTime", "+3600")
                .with("rentalDuration", "5");

        Claims claims = mint(profile, request).claims();

        assertThat(claims.licenseDuration()).isEqualTo(license);
        assertThat(claims.playbackDuration()).isEqualTo(playback);
    }

    @ParameterizedTest
    @CsvSource({
        "Rental, +60, , 60, 60",
        "Rental, +60, +120, 60, 60",
        "Rental, +120, +60, 60, 120",
        "Rental, +2592001, , 2592000, 2592001",
        "Rental, 2026-03-01T12:00:10.9Z, , 10, 10",
        "BuyToOwn, +60, , 2592000,",
        ", +60, , 2592000,",
        ", +60, +120, 120,",
        "Rental, , +120, 120,",
        "Rental, , , 2592000,"
    })
    void mint_endsWithTheRentalPeriod(
            @Nullable String rightsType,
            @Nullable String end,
            @Nullable String expiration,
            long seconds,
            @Nullable Long rentalSeconds) {
        SampleRequest request = plain().with("rightsType", orEmpty(rightsType))
                .with("rental.periodEndTime", orEmpty(end))
                .with("rental.playDuration", "5")
                .with("expirationTime", orEmpty(expiration));

        Claims claims = mint(LENIENT, request).claims();

        assertThat(claims.expiresAt()).isEqualTo(ISSUED.plusSeconds(seconds));
        assertThat(claims.rentalEnd()).isEqualTo(rentalSeconds == null ? null : ISSUED.plusSeconds(rentalSeconds));
    }

    @ParameterizedTest
    @CsvSource({"'', false", "0000, false", "00000000, false", "00000001, true"})
    void mint_persistentByItsFlagOnly(String flags, boolean persistent) {
        assertThat(mint(LENIENT, plain().with("generalFlags", flags)).claims().persistent())
                .isEqualTo(persistent);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "+1,2026-03-01T12:00:01Z",
                " 60,2026-03-01T12:01:00Z",
                "+2592000,2026-03-31T12:00:00Z",
                "2026-03-31T12:00:00Z,2026-03-31T12:00:00Z",
                "2026-03-31T12:00:00.999Z,2026-03-31T12:00:00Z"
            })
    void mint_expiresInWholeSeconds(String expirationTime, Instant expiresAt) {
        assertThat(mint(STRICT, plain().with("expirationTime", expirationTime))
                        .claims()
                        .expiresAt())
                .isEqualTo(expiresAt);
    }

    @ParameterizedTest
    @CsvSource({
        "+2592001",
        "+2592060",
        "2026-03-31T12:00:01Z",
        "2026-03-31T12:01:00Z",
        "2026-03-31T12:01:00.999Z",
    })
    void mint_cutsOffWhatIsWithinAMinuteBeyond30Days(String expirationTime) {
        for (Profile profile : Profile.values()) {
            SampleRequest request = plain().with("expirationTime", expirationTime);
            assertThat(request.refusal(profile)).isEmpty();
            assertThat(mint(profile, request).claims().expiresAt()).isEqualTo("2026-03-31T12:00:00Z");
        }
    }

    @Test
    void mint_refusesATimeThatHasComeMeanwhile() {
        SampleRequest request = plain().with("expirationTime", "2026-03-01T12:01:00Z");
        assertThat(request.refusal(STRICT)).isEmpty();
        Clock later = Clock.offset(SampleTokens.CLOCK, Duration.ofSeconds(60));
        TokenMint mint = new TokenMint(() -> ring, later, SampleTokens.RANDOM);

        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() ->
                        mint.mint(request.request(), SampleTokens.caller(STRICT, Environment.TEST), keys(request)))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_EXPIRATION_TIME);
                    assertThat(refusal.details()).isEqualTo("the time has come while the request was served");
                });
    }

    @Test
    void mint_countsRelativeTimesFromTheTimeOfIssue() {
        Clock later = Clock.fixed(SampleRequest.NOW.plusSeconds(7), ZoneOffset.UTC);
        SampleRequest request = plain().with("expirationTime", "+60").with("notBefore", "+5");
        LicenseToken token = new TokenMint(() -> ring, later, SampleTokens.RANDOM)
                .mint(request.request(), SampleTokens.caller(STRICT, Environment.TEST), keys(request));

        assertThat(token.claims().issuedAt()).isEqualTo(ISSUED.plusSeconds(7));
        assertThat(token.claims().notBefore()).isEqualTo(ISSUED.plusSeconds(12));
        assertThat(token.claims().expiresAt()).isEqualTo(ISSUED.plusSeconds(67));
    }

    @Test
    void mint_ofOneKeyHas300CharactersAtMost() {
        Account account = new AccountBuilder().number(Long.MAX_VALUE).build();
        SampleRequest request = plain().with("kid", "^" + "x".repeat(64))
                .with("securityLevel", "5")
                .with("hdcpOutputControl", "2");
        LicenseToken token = new TokenMint(() -> ring, SampleTokens.CLOCK, SampleTokens.RANDOM)
                .mint(request.request(), new Caller(account, Environment.TEST), keys(request));

        assertThat(token.value()).hasSizeLessThanOrEqualTo(300).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void mint_neverRepeatsATokenId() {
        TokenMint mint = new TokenMint(() -> ring, SampleTokens.CLOCK, SampleTokens.RANDOM);
        Set<String> ids = new HashSet<>();
        Set<String> values = new HashSet<>();

        for (int n = 0; n < 1_000; n++) {
            LicenseToken token =
                    mint.mint(plain().request(), SampleTokens.caller(STRICT, Environment.TEST), keys(plain()));
            ids.add(token.claims().tokenId());
            values.add(token.value());
        }

        assertThat(ids).hasSize(1_000);
        assertThat(values).hasSize(1_000);
    }

    private LicenseToken mint(Profile profile, SampleRequest request) {
        assertThat(request.refusal(profile)).isEmpty();
        LicenseToken token = new TokenMint(() -> ring, SampleTokens.CLOCK, SampleTokens.RANDOM)
                .mint(request.request(), SampleTokens.caller(profile, Environment.PRODUCTION), keys(request));
        assertThat(opener.open(token.value())).isEqualTo(token.claims());
        return token;
    }

    private static List<TokenKey> keys(SampleRequest request) {
        return request.request().keys().stream()
                .map(key -> TokenKey.of(key, ContentKey.ofHex(key.contentKey().value())))
                .toList();
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
