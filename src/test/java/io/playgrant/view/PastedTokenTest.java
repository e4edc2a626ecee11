package io.playgrant.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.token.SampleTokens;
import io.playgrant.token.TokenOpener;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTokenTest {

    private static final TokenOpener OPENER = new TokenOpener(SampleTokens::ring);
    private static final String TOKEN = SampleTokens.sealed(SampleTokens.fullClaims());
    private static final String BEGIN = TOKEN.substring(0, 70);
    private static final String END = TOKEN.substring(70);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://drm.example/hms/wv/rights/?ExpressPlayToken=TOKEN",
                "  <http://drm.example/hms/wv/rights/?ExpressPlayToken=TOKEN>  ",
                "It does not play:\n\nhttp://drm.example/hms/wv/rights/?ExpressPlayToken=TOKEN\n\nRegards, Ann",
                "http://drm.example/hms/wv/rights/?a=1&amp;ExpressPlayToken=TOKEN&amp;errorFormat=json",
                "> http://drm.example/hms/wv/rights/?ExpressPlayToken=BEGIN\n> END\n> Thanks",
                "http://drm.example/hms/wv/rights/?ExpressPlayToken=BEGIN=\r\nEND\r\n",
                "http://drm.example/hms/wv/rights/?ExpressPlayToken=BEGIN END and then nothing"
            })
    void licenceUrl_isFoundInAMail(String mail) {
        assertThat(find(mail)).contains(new PastedToken(TOKEN, Optional.of("drm.example")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "\nBEGIN\nEND\n",
                "the token \"TOKEN\" does not work",
                "ExpressPlayToken: TOKEN",
                "curl -H 'ExpressPlayToken: TOKEN' …"
            })
    void token_isFoundAlone(String text) {
        assertThat(find(text)).contains(new PastedToken(TOKEN, Optional.empty()));
    }

    @Test
    void tokenThatCannotBeOpened_isFoundAsWell() {
        assertThat(find("http://drm.example:81/hms/wv/rights/?ExpressPlayToken=AAAA"))
                .contains(new PastedToken("AAAA", Optional.of("drm.example:81")));
        assertThat(find("nothing of the kind")).isEmpty();
        assertThat(find("")).isEmpty();
    }

    @Test
    void tokenThatOpens_isPreferred() {
        assertThat(find("ExpressPlayToken=AAAA or ExpressPlayToken=TOKEN")
                        .orElseThrow()
                        .token())
                .isEqualTo(TOKEN);
    }

    /** Whatever is pasted is answered soon. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExpressPlayToken=a a",
                "http://a/?",
                "http://a/b?ExpressPlayToken=AAAA&",
                "ExpressPlayToken=",
                " a",
                "=\n> ",
                "http://"
            })
    void longText_isReadInTime(String part) {
        String text = part.repeat(64 * 1_024 / part.length());
        long begin = System.nanoTime();
        PastedToken.find(text, OPENER);
        PastedToken.isIn(text);
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void isIn_tellsSecretsFromIds() {
        assertThat(PastedToken.isIn(TOKEN)).isTrue();
        assertThat(PastedToken.isIn("http://a/?ExpressPlayToken=AAAA")).isTrue();
        assertThat(PastedToken.isIn("00112233445566778899aabbccddeeff")).isFalse();
        assertThat(PastedToken.isIn("session 4711")).isFalse();
        assertThat(PastedToken.isIn("c".repeat(64))).isFalse();
    }

    @Test
    void toString_hidesTheToken() {
        assertThat(find(TOKEN).orElseThrow()).hasToString("PastedToken[***]");
    }

    private static Optional<PastedToken> find(String text) {
        return PastedToken.find(
                text.replace("TOKEN", "\0")
                        .replace("ExpressPlay\0", "ExpressPlayToken")
                        .replace("\0", TOKEN)
                        .replace("BEGIN", BEGIN)
                        .replace("END", END),
                OPENER);
    }
}
