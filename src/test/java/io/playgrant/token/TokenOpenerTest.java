package io.playgrant.token;

import static io.playgrant.token.SampleTokens.base64;
import static io.playgrant.token.SampleTokens.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.sealing.CoseEncrypt;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.RingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenOpenerTest {

    private static final List<String> CHARACTERS =
            List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split(""));
    private static final List<String> MORE_CHARACTERS = Stream.concat(
                    CHARACTERS.stream(),
                    Stream.of("=", "==", "+", "/", " ", "\n", "\r\n", "\t", "\u0000", "%", ".", "\u00e9", "\uD83D"))
            .toList();
    private static final byte[] MINIMAL = ClaimsCodec.encode(SampleTokens.minimalClaims());
    private static final byte[] FULL = ClaimsCodec.encode(SampleTokens.fullClaims());

    private final RingKey production = SampleTokens.production();
    private final RingKey test = SampleTokens.test();
    private final RingKey old = SampleTokens.old();
    private final AtomicReference<KeyRing> ring = new AtomicReference<>(SampleTokens.ring(production, test, old));
    private final TokenOpener opener = new TokenOpener(ring::get);
    private final CoseEncrypt message = SampleTokens.seal(production, MINIMAL);
    private final String token = base64(message.encode());

    @Test
    void open_readsTheClaims() {
        assertThat(opener.open(token)).isEqualTo(SampleTokens.minimalClaims());
        assertThat(opener.open(base64(SampleTokens.seal(test, FULL).encode()))).isEqualTo(SampleTokens.fullClaims());
    }

    @Test
    void open_takesATokenAgain() {
        assertThat(opener.open(token)).isEqualTo(opener.open(token));
    }

    @Test
    void open_takesAnOldKeyUntilItIsRemoved() {
        String oldToken = base64(SampleTokens.seal(old, MINIMAL).encode());

        assertThat(opener.open(oldToken)).isEqualTo(SampleTokens.minimalClaims());

        ring.set(SampleTokens.ring(production, test));

        assertThat(reason(oldToken)).isEqualTo("no key " + SampleTokens.OLD_ID + " in the ring");
        assertThat(opener.open(token)).isEqualTo(SampleTokens.minimalClaims());
    }

    @Test
    void open_refusesWithTheDocumentedCodeAndNothingElse() {
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> opener.open("x"))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.details()).isEmpty();
                })
                .withMessage("[-4010] Invalid token")
                .withNoCause();
    }

    @Test
    void open_refusesEveryFlippedBit() {
        byte[] bytes = message.encode();
        List<Integer> opened = new ArrayList<>();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (opens(base64(flipped))) {
                opened.add(bit);
            }
        }

        assertThat(opened).isEmpty();
    }

    @Test
    void open_refusesEveryFlippedByte() {
        byte[] bytes = message.encode();
        List<Integer> opened = new ArrayList<>();
        for (int index = 0; index < bytes.length; index++) {
            byte[] flipped = bytes.clone();
            flipped[index] ^= (byte) 0xff;
            if (opens(base64(flipped))) {
                opened.add(index);
            }
        }

        assertThat(opened).isEmpty();
    }

    @Test
    void open_refusesEveryTruncation() {
        byte[] bytes = message.encode();
        List<Integer> opened = new ArrayList<>();
        for (int length = 0; length < bytes.length; length++) {
            if (opens(base64(Arrays.copyOf(bytes, length)))
                    || opens(base64(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length)))) {
                opened.add(length);
            }
        }
        for (int length = 0; length < token.length(); length++) {
            if (opens(token.substring(0, length)) || opens(token.substring(token.length() - length))) {
                opened.add(length);
            }
        }

        assertThat(opened).isEmpty();
    }

    @Test
    void open_refusesEveryChangedCharacter() {
        List<Integer> opened = new ArrayList<>();
        for (int index = 0; index < token.length(); index++) {
            for (String other : CHARACTERS) {
                String changed = token.substring(0, index) + other + token.substring(index + 1);
                if (!changed.equals(token) && opens(changed)) {
                    opened.add(index);
                }
            }
        }

        assertThat(opened).isEmpty();
    }

    @Test
    void open_refusesEveryCharacterTooMany() {
        List<Integer> opened = new ArrayList<>();
        for (int index = 0; index <= token.length(); index++) {
            for (String more : MORE_CHARACTERS) {
                if (opens(token.substring(0, index) + more + token.substring(index))) {
                    opened.add(index);
                }
            }
        }

        assertThat(opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "==", "===", "%3D", " ", "\n", "\r\n", "&", "#", "."})
    void open_refusesAnythingAfterTheToken(String end) {
        for (int length = 0; length < 3; length++) {
            String value = tokenOfRemainder(length);

            assertThat(opens(value)).isTrue();
            assertThat(reason(value + end)).isEqualTo("not canonical base64url without padding");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 15", "2, 3, 3"})
    void open_refusesStrayBits(int remainder, int characters, int strays) {
        String value = tokenOfRemainder(remainder);
        byte[] decoded = Base64.getUrlDecoder().decode(value);
        assertThat(value.length() % 4).isEqualTo(characters);

        List<String> same = new ArrayList<>();
        for (String last : CHARACTERS) {
            String other = value.substring(0, value.length() - 1) + last;
            if (!other.equals(value) && Arrays.equals(Base64.getUrlDecoder().decode(other), decoded)) {
                same.add(other);
            }
        }

        assertThat(same).hasSize(strays).noneMatch(this::opens);
    }

    @Test
    void open_refusesTheOtherAlphabetOfBase64() {
        byte[] bytes = message.encode();
        CoseEncrypt telling = new CoseEncrypt(message.keyId(), message.salt(), message.iv(), message.ciphertext());
        String standard = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        while (standard.equals(base64(telling.encode()))) {
            telling = SampleTokens.seal(production, MINIMAL);
            standard = Base64.getEncoder().withoutPadding().encodeToString(telling.encode());
        }

        assertThat(opens(base64(telling.encode()))).isTrue();
        assertThat(opens(standard)).isFalse();
    }

    @Test
    void open_refusesWhatIsNoToken() {
        assertThat(reason("")).isEqualTo("not a COSE_Encrypt message of this service");
        assertThat(reason("A".repeat(4_096))).isEqualTo("not a COSE_Encrypt message of this service");
        assertThat(reason("A".repeat(4_097))).isEqualTo("longer than any token");
        assertThat(reason("\uD83D\uDE00")).isEqualTo("not canonical base64url without padding");
    }

    @Test
    void open_refusesAnUnknownKeyId() {
        CoseEncrypt unknown =
                new CoseEncrypt(bytes("0011223344556677"), message.salt(), message.iv(), message.ciphertext());

        assertThat(reason(base64(unknown.encode()))).isEqualTo("no key 0011223344556677 in the ring");
    }

    @Test
    void open_refusesAnotherKeysId() {
        CoseEncrypt other =
                new CoseEncrypt(bytes(SampleTokens.OLD_ID), message.salt(), message.iv(), message.ciphertext());

        assertThat(reason(base64(other.encode()))).isEqualTo("the tag does not match: forged, or changed on its way");
    }

    @Test
    void open_refusesAnotherSecretUnderTheSameId() {
        RingKey forged = new RingKey(production.id(), Environment.PRODUCTION, old.secret());

        assertThat(reason(base64(SampleTokens.seal(forged, MINIMAL).encode())))
                .isEqualTo("the tag does not match: forged, or changed on its way");
    }

    @Test
    void open_refusesTheOtherEnvironmentsKey() {
        assertThat(reason(base64(SampleTokens.seal(test, MINIMAL).encode())))
                .isEqualTo("minted with the other environment's key");
        assertThat(reason(base64(SampleTokens.seal(production, FULL).encode())))
                .isEqualTo("minted with the other environment's key");
    }

    @Test
    void open_refusesAnotherSaltIvOrContent() {
        CoseEncrypt second = SampleTokens.seal(production, MINIMAL);
        byte[] iv = message.iv().clone();
        iv[11] = 1;

        for (CoseEncrypt mixed : List.of(
                new CoseEncrypt(message.keyId(), second.salt(), message.iv(), message.ciphertext()),
                new CoseEncrypt(message.keyId(), message.salt(), iv, message.ciphertext()),
                new CoseEncrypt(message.keyId(), message.salt(), message.iv(), second.ciphertext()))) {
            assertThat(reason(base64(mixed.encode())))
                    .isEqualTo("the tag does not match: forged, or changed on its way");
        }
    }

    @Test
    void open_refusesContentShorterThanItsTag() {
        for (int length = 0; length < 16; length++) {
            CoseEncrypt cut = new CoseEncrypt(message.keyId(), message.salt(), message.iv(), new byte[length]);

            assertThat(reason(base64(cut.encode()))).isEqualTo("the content is shorter than its tag");
        }
        CoseEncrypt tagOnly = new CoseEncrypt(message.keyId(), message.salt(), message.iv(), new byte[16]);
        assertThat(reason(base64(tagOnly.encode()))).isEqualTo("the tag does not match: forged, or changed on its way");
    }

    @Test
    void open_refusesAuthenticClaimsInAnotherForm() {
        byte[] longer = Arrays.copyOf(MINIMAL, MINIMAL.length + 1);

        assertThat(reason(base64(SampleTokens.seal(production, longer).encode())))
                .isEqualTo("the claims are not in canonical form");
        assertThat(reason(base64(SampleTokens.seal(production, new byte[0]).encode())))
                .isEqualTo("the claims cannot be read");
    }

    @Test
    void open_keepsADerivedKeyOnceItsTagMatched() {
        assertThat(opens(token)).isTrue();

        Arrays.fill(production.secret(), (byte) 0);

        assertThat(opens(token)).isTrue();
        assertThat(opens(base64(
                        SampleTokens.seal(SampleTokens.production(), MINIMAL).encode())))
                .isFalse();
    }

    @Test
    void open_keepsNoDerivedKeyOfAForgedToken() {
        byte[] ciphertext = message.ciphertext().clone();
        ciphertext[0] ^= 1;
        CoseEncrypt forged = new CoseEncrypt(message.keyId(), message.salt(), message.iv(), ciphertext);
        assertThat(opens(base64(forged.encode()))).isFalse();

        Arrays.fill(production.secret(), (byte) 0);

        assertThat(opens(token)).isFalse();
    }

    @Test
    void open_forgedSaltsDoNotEvictTheDerivedKey() {
        assertThat(opens(token)).isTrue();
        for (int n = 0; n < 20_000; n++) {
            byte[] salt = new byte[CoseEncrypt.SALT_LENGTH];
            SampleTokens.RANDOM.nextBytes(salt);
            assertThat(opens(base64(
                            new CoseEncrypt(message.keyId(), salt, message.iv(), message.ciphertext()).encode())))
                    .isFalse();
        }

        Arrays.fill(production.secret(), (byte) 0);

        assertThat(opens(token)).isTrue();
    }

    @Test
    void open_takesNoDerivedKeyOfARemovedSecret() {
        assertThat(opens(token)).isTrue();

        ring.set(SampleTokens.ring(new RingKey(production.id(), Environment.PRODUCTION, old.secret()), test));

        assertThat(opens(token)).isFalse();
    }

    private boolean opens(String value) {
        try {
            opener.open(value);
            return true;
        } catch (TokenException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
            assertThat(e.details()).isEmpty();
            return false;
        }
    }

    private String reason(String value) {
        try {
            opener.open(value);
            return "";
        } catch (TokenException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
            assertThat(e.details()).isEmpty();
            return e.reason();
        }
    }

    /** A token whose number of bytes leaves this remainder when divided by three. */
    private String tokenOfRemainder(int remainder) {
        for (int account = 1; ; account *= 10) {
            Claims claims = withAccount(account);
            byte[] bytes =
                    SampleTokens.seal(production, ClaimsCodec.encode(claims)).encode();
            if (bytes.length % 3 == remainder) {
                return base64(bytes);
            }
        }
    }

    private static Claims withAccount(int account) {
        return new ClaimsBuilder().account(account).build();
    }
}
