package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    private static final ContentKey CONTENT_KEY = ContentKey.ofHex(SampleRequest.CONTENT_KEY);

    @Test
    void of_takesWhatWasSent() {
        SampleRequest request = SampleRequest.plain()
                .with("securityLevel", "5")
                .with("hdcpOutputControl", "2")
                .with("trackType", "4");

        assertThat(TokenKey.of(request.request().keys().get(0), CONTENT_KEY))
                .isEqualTo(new TokenKey(
                        KeyId.ofHex(SampleRequest.KID),
                        CONTENT_KEY,
                        SecurityLevel.HW_SECURE_ALL,
                        HdcpOutputControl.HDCP_V2,
                        TrackType.UHD2));
    }

    @Test
    void of_hasTheLenientDefaults() {
        SampleRequest request = SampleRequest.empty().with("kid", SampleRequest.KID);

        assertThat(TokenKey.of(request.request().keys().get(0), CONTENT_KEY))
                .isEqualTo(new TokenKey(
                        KeyId.ofHex(SampleRequest.KID),
                        CONTENT_KEY,
                        SecurityLevel.SW_SECURE_CRYPTO,
                        HdcpOutputControl.HDCP_NONE,
                        TrackType.HD));
    }

    @Test
    void kid_ofANameIsItsHash() {
        assertThat(kid("^kid1")).hasToString("80ea8bc8a58f990ad1f76bc665b30bfa");
    }

    @Test
    void kid_ofANameIsTheHashOfItsUtf8() {
        assertThat(kid("^\u00e9")).hasToString("bf15be717ac1b080b4f1c45669282589");
    }

    @Test
    void kid_doesNotDependOnCase() {
        assertThat(kid(SampleRequest.KID.toUpperCase(Locale.ROOT))).isEqualTo(KeyId.ofHex(SampleRequest.KID));
    }

    @Test
    void toString_hidesTheContentKey() {
        TokenKey key = TokenKey.of(SampleRequest.plain().request().keys().get(0), CONTENT_KEY);

        assertThat(key)
                .hasToString(
                        "TokenKey[kid=" + SampleRequest.KID
                                + ", contentKey=***, securityLevel=SW_SECURE_CRYPTO, hdcpOutputControl=HDCP_NONE, trackType=HD]");
    }

    private static KeyId kid(String value) {
        return TokenKey.kid(
                SampleRequest.empty().with("kid", value).request().keys().get(0));
    }
}
