package io.playgrant.view.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.Redemptions;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.ClaimsBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {

    private static final Pattern SENTENCES = Pattern.compile("[A-Za-z][^\\n]*[a-zA-Z0-9)]\\.");
    private static final Pattern CODE_OF_TABLE = Pattern.compile("(?m)^\\| (-?[0-9]+) \\|");

    @ParameterizedTest
    @EnumSource
    void everyError_hasAdvice_inWholeSentences(ErrorCode code) {
        for (Advice advice : List.of(Advice.ofTokenRequest(code), Advice.ofRedemption(code, ""))) {
            assertThat(advice.why()).matches(SENTENCES).hasSizeLessThan(200);
            assertThat(advice.action()).matches(SENTENCES).hasSizeLessThan(260);
        }
    }

    @Test
    void everyCodeOfTheDocumentedTables_isKnown() throws IOException {
        String protocol = Files.readString(Path.of("docs", "protocol.md"));
        Set<Integer> documented = new TreeSet<>();
        for (String section : List.of("\n## Errors\n", "\n### Errors of redemption\n")) {
            int begin = protocol.indexOf(section);
            int end = protocol.indexOf("\n#", begin + section.length());
            CODE_OF_TABLE
                    .matcher(protocol.substring(begin, end))
                    .results()
                    .map((MatchResult match) -> Integer.valueOf(match.group(1)))
                    .forEach(documented::add);
        }
        assertThat(documented)
                .hasSizeGreaterThan(40)
                .allSatisfy(number -> assertThat(Advice.error(number)).isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -4010 | expired at 2026-01-01T00:00:00Z                         | customer | The token has expired.
            -4010 | not redeemable before 2026-01-01T00:00:00Z              | customer | The token is not valid yet: its notBefore is in the future.
            -4010 | the last licence of the token ended at 2026-01-01T00:00:00Z | customer | The player tried to renew or release a licence that has ended.
            -4010 | wrong content                                           | back end | The token is for other content: none of the keys that the player asks for is in it.
            -4010 | persistent licence asked for, token does not allow it   | back end | The player wants to store the licence for offline playback, and the token does not allow that.
            -4010 | 2 of 2 used                                             | customer | The token has been redeemed as often as maxRedemptions allows.
            -4010 | revoked at 2026-01-01T00:00:00Z, revocation 7: leaked   | operator | The token was revoked.
            -4010 | the token is of the test environment, the host is of the production environment | back end | The token is of one environment, and the host of the licence URL is of the other.
            -4010 | no key 0a0b in the ring                                 | operator | The key that sealed the token is not in the ring: it was retired, or another installation issued the token.
            -4010 | no token was sent                                       | back end | The player sent no token.
            -4010 | two different tokens were sent                          | back end | The player sent two different tokens.
            -2003 | the token may be redeemed from 10.0.0.0/8 only          | customer | The token may be redeemed only from the address for which it was issued, and the player has another one.
            -2030 | anything                                                | operator | Redemptions, revocations or accounts could not be looked up, or no record could be written.
            -2031 | the account of the token was deleted                    | back end | The account that issued the token was deleted.
            -2031 | the account was deleted                                 | back end | The account that issued the token was deleted.
            -2031 | Service Account Disabled                                | operator | The account of the token is disabled.
            -7011 | Widevine option disabled                                | operator | The account of the token may not use Widevine.
            -4001 | bound to another service certificate                    | back end | The player encrypted its identity for another licence service.
            -7008 | the body is empty                                       | back end | The player sent a body that is not a licence request.
            -7008 | the message has the type 7                              | back end | The player sent a body that is not a licence request.
            -7008 | the body is no JSON object                              | back end | The player sent a body that is not a licence request.
            -7008 | the licence service of the production environment is none; set PLAYGRANT_LICENSE_SERVICE=widevine-cloud | operator | The token's environment has no licence service.
            -7008 | the test environment has no licence service; X selects one | operator | The token's environment has no licence service.
            -7008 | the licence service has not answered within 5 seconds   | operator | Widevine's licence service could not be reached, or it failed.
            -7008 | the licence service cannot be reached: refused          | operator | Widevine's licence service could not be reached, or it failed.
            -7008 | the licence service answered HTTP 500, after 3 attempts | operator | Widevine's licence service could not be reached, or it failed.
            -7008 | the circuit of the licence service is open, since most of its last calls failed | operator | Most of the last calls of Widevine's licence service failed, so it is not called for some seconds.
            -7008 | the licence service answered OK without a licence       | operator | Widevine's licence service refused to make a licence.
            413   | a body of more than 64 KiB                              | back end | The body of the licence request is too large.
            503   | too many                                                | operator | Too many licence requests were waiting.
            """)
    void everyReasonOfARedemption_hasItsOwnAdvice(int code, String reason, String actor, String why) {
        Advice advice = Advice.ofRedemption(Advice.error(code).orElseThrow(), reason);

        assertThat(advice.why()).isEqualTo(why);
        assertThat(advice.actor().label()).isEqualTo(actor);
        assertThat(advice.action()).matches(SENTENCES).hasSizeLessThan(260);
    }

    @Test
    void usedUpToken_hasTheAdviceOfItsReason() {
        assertThat(Advice.ofRedemption(ErrorCode.INVALID_TOKEN, Redemptions.usedUp(2))
                        .why())
                .isEqualTo("The token has been redeemed as often as maxRedemptions allows.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DRM_DEVICE_CERTIFICATE_REVOKED | Google has revoked this model of device or this version of the browser.
            DRM_DEVICE_CERT_SERIAL_REVOKED | Google has revoked this one device.
            REVOKED_DEVICE_CERTIFICATE     | Google has revoked this model of device or this version of the browser.
            INVALID_DEVICE_CERTIFICATE     | The device has no certificate of Google, as with an emulator, or it is a test device at the production service.
            ACCESS_DENIED                  | The provider's rules at Google exclude this device: it is not on the white list, its platform is not verified, or its browser or system is too old.
            WHITELIST_UNKNOWN              | Widevine's licence service does not accept this device.
            INVALID_PSSH                   | The PSSH of the content is damaged or was made for another provider.
            INVALID_LICENSE_CHALLENGE      | The licence request was damaged on its way, or encrypted for another licence service.
            SIGNATURE_FAILED               | Widevine's licence service does not accept the messages of this installation.
            INVALID_REQUEST                | Widevine's licence service does not accept the messages of this installation.
            MALFORMED_REQUEST              | Widevine's licence service does not accept the messages of this installation.
            CONTENT_ID_MISSING             | Widevine's licence service does not accept the messages of this installation.
            TRACK_TYPE_MISSING             | Widevine's licence service does not accept the messages of this installation.
            TRACK_TYPE_UNKNOWN             | Widevine's licence service does not know one of the token's track types.
            POLICY_UNKNOWN                 | Widevine's licence service does not accept the messages of this installation.
            SERVICE_UNAVAILABLE            | Widevine's licence service could not be reached, or it failed.
            SOMETHING_NEW                  | Widevine's licence service refused to make a licence.
            """)
    void everyStatusOfTheLicenceService_hasItsOwnAdvice(String status, String why) {
        TokenException refusal = CloudAnswer.of(
                        200,
                        "{\"status\":\"%s\"}".formatted(status).getBytes(StandardCharsets.UTF_8),
                        new ClaimsBuilder().build(),
                        Challenge.Kind.NEW)
                .refusal()
                .orElseThrow();

        assertThat(Advice.ofRedemption(refusal.code(), refusal.reason()).why()).isEqualTo(why);
    }

    @Test
    void record_hasAdvice_unlessItIsOfATokenOrALicence() {
        RedemptionRecord refused =
                new RedemptionRecord(RedemptionRecord.Kind.LICENSE, "wrong content", null, null, null);

        assertThat(Advice.of(record(0, null))).isEmpty();
        assertThat(Advice.of(record(-2019, null)))
                .contains(Advice.operator(
                        "The account has no credits left.",
                        "An administrator adds credits on the page of the account."));
        assertThat(Advice.of(record(-4010, refused)).orElseThrow().json().toString())
                .isEqualTo("{why=The token is for other content: none of the keys that the player asks for is in it.,"
                        + " action=The back end must ask for a token with the kid of the content that is played. Compare the"
                        + " kids of the token with those of the manifest., actor=back end}");
        assertThat(Advice.of(record(-1, null))).isEmpty();
    }

    private static TokenRecord record(int code, @Nullable RedemptionRecord redemption) {
        return new TokenRecord(
                Instant.EPOCH,
                "id",
                null,
                1001,
                Environment.PRODUCTION,
                code,
                List.of(),
                null,
                null,
                TokenRecord.Source.HTTP,
                null,
                redemption);
    }
}
