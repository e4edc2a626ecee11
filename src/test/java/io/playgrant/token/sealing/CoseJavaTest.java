package io.playgrant.token.sealing;

import static io.playgrant.token.SampleTokens.base64;
import static io.playgrant.token.SampleTokens.bytes;
import static io.playgrant.token.SampleTokens.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import COSE.AlgorithmID;
import COSE.Attribute;
import COSE.CoseException;
import COSE.EncryptMessage;
import COSE.HeaderKeys;
import COSE.KeyKeys;
import COSE.Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Recipient;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.error.TokenException;
import io.playgrant.token.ClaimsCodec;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.SampleRequest;
import io.playgrant.token.SampleTokens;
import io.playgrant.token.TokenMint;
import io.playgrant.token.TokenOpener;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The token as another implementation of RFC 9052 sees it. */
class CoseJavaTest {

    private static final byte[] SALT = bytes("5a".repeat(32));
    private static final byte[] IV = bytes("000000000000000000000009");
    private static final byte[] CLAIMS = ClaimsCodec.encode(SampleTokens.minimalClaims());

    private final KeyRing ring = SampleTokens.ring();
    private final TokenOpener opener = new TokenOpener(() -> ring);

    @Test
    void token_isACoseEncryptMessageToCoseJava() throws Exception {
        LicenseToken token = mint();

        EncryptMessage message = decode(token);

        assertThat(message.findAttribute(HeaderKeys.Algorithm, Attribute.PROTECTED))
                .isEqualTo(AlgorithmID.AES_GCM_256.AsCBOR());
        assertThat(message.findAttribute(HeaderKeys.IV, Attribute.UNPROTECTED).GetByteString())
                .hasSize(12);
        assertThat(message.getRecipientCount()).isEqualTo(1);
        Recipient recipient = message.getRecipient(0);
        assertThat(recipient.findAttribute(HeaderKeys.Algorithm, Attribute.PROTECTED))
                .isEqualTo(AlgorithmID.HKDF_HMAC_SHA_256.AsCBOR());
        assertThat(hex(recipient
                        .findAttribute(HeaderKeys.KID, Attribute.UNPROTECTED)
                        .GetByteString()))
                .isEqualTo(SampleTokens.TEST_ID);
        assertThat(recipient
                        .findAttribute(HeaderKeys.HKDF_Salt, Attribute.UNPROTECTED)
                        .GetByteString())
                .hasSize(32);
    }

    @Test
    void token_isOpenedByCoseJavaWithTheRingsSecret() throws Exception {
        LicenseToken token = mint();

        byte[] plaintext = decrypt(decode(token), SampleTokens.TEST_SECRET);

        assertThat(plaintext).isEqualTo(ClaimsCodec.encode(token.claims()));
    }

    @Test
    void token_isNotOpenedByCoseJavaWithAnotherSecret() throws Exception {
        EncryptMessage message = decode(mint());

        assertThatExceptionOfType(CoseException.class)
                .isThrownBy(() -> decrypt(message, SampleTokens.PRODUCTION_SECRET));
    }

    @Test
    void claims_areAWebToken() throws Exception {
        LicenseToken token = mint();

        CBORObject claims = CBORObject.DecodeFromBytes(decrypt(decode(token), SampleTokens.TEST_SECRET));

        assertThat(claims.getType()).isEqualTo(CBORType.Map);
        assertThat(claims.size()).isEqualTo(6);
        assertThat(claims.get(CBORObject.FromObject(1)).AsString()).isEqualTo("2147483647");
        assertThat(claims.get(CBORObject.FromObject(4)).AsInt32()).isEqualTo(1_774_958_400);
        assertThat(claims.get(CBORObject.FromObject(5)).AsInt32()).isEqualTo(1_772_366_460);
        assertThat(claims.get(CBORObject.FromObject(6)).AsInt32()).isEqualTo(1_772_366_400);
        assertThat(hex(claims.get(CBORObject.FromObject(7)).GetByteString()))
                .isEqualTo(token.claims().tokenId());
        CBORObject own = claims.get(CBORObject.FromObject(-65537));
        assertThat(own.get(CBORObject.FromObject(1)).AsInt32()).isEqualTo(1);
        CBORObject key = own.get(CBORObject.FromObject(2)).get(0);
        assertThat(hex(key.get(0).GetByteString())).isEqualTo(SampleRequest.kid(0));
        assertThat(hex(key.get(1).GetByteString())).isEqualTo(SampleRequest.contentKey(0));
    }

    @Test
    void open_takesWhatCoseJavaMadeInTheSameForm() throws Exception {
        assertThat(opener.open(base64(sameForm().EncodeToBytes()))).isEqualTo(SampleTokens.minimalClaims());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherForms")
    void open_refusesWhatCoseJavaMadeInAnotherForm(String name, EncryptMessage message) throws Exception {
        byte[] bytes = message.EncodeToBytes();
        assertThat(decrypt(
                        (EncryptMessage) Message.DecodeFromBytes(bytes, MessageTag.Encrypt),
                        SampleTokens.PRODUCTION_SECRET))
                .isEqualTo(CLAIMS);

        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> opener.open(base64(bytes)))
                .withMessage("[-4010] Invalid token");
    }

    static Stream<Arguments> otherForms() throws Exception {
        EncryptMessage unprotectedAlgorithm = new EncryptMessage();
        unprotectedAlgorithm.addAttribute(
                HeaderKeys.Algorithm, AlgorithmID.AES_GCM_256.AsCBOR(), Attribute.UNPROTECTED);
        unprotectedAlgorithm.addAttribute(HeaderKeys.IV, IV, Attribute.UNPROTECTED);

        EncryptMessage protectedIv = new EncryptMessage();
        protectedIv.addAttribute(HeaderKeys.Algorithm, AlgorithmID.AES_GCM_256.AsCBOR(), Attribute.PROTECTED);
        protectedIv.addAttribute(HeaderKeys.IV, IV, Attribute.PROTECTED);

        EncryptMessage more = message(AlgorithmID.AES_GCM_256);
        more.addAttribute(HeaderKeys.CONTENT_TYPE, CBORObject.FromObject(61), Attribute.UNPROTECTED);

        EncryptMessage untagged = new EncryptMessage(false);
        untagged.addAttribute(HeaderKeys.Algorithm, AlgorithmID.AES_GCM_256.AsCBOR(), Attribute.PROTECTED);
        untagged.addAttribute(HeaderKeys.IV, IV, Attribute.UNPROTECTED);

        Recipient unprotectedRecipient = new Recipient();
        unprotectedRecipient.addAttribute(
                HeaderKeys.Algorithm, AlgorithmID.HKDF_HMAC_SHA_256.AsCBOR(), Attribute.UNPROTECTED);
        unprotectedRecipient.addAttribute(HeaderKeys.KID, bytes(SampleTokens.PRODUCTION_ID), Attribute.UNPROTECTED);
        unprotectedRecipient.addAttribute(HeaderKeys.HKDF_Salt, SALT, Attribute.UNPROTECTED);

        Recipient protectedSalt = new Recipient();
        protectedSalt.addAttribute(HeaderKeys.Algorithm, AlgorithmID.HKDF_HMAC_SHA_256.AsCBOR(), Attribute.PROTECTED);
        protectedSalt.addAttribute(HeaderKeys.KID, bytes(SampleTokens.PRODUCTION_ID), Attribute.UNPROTECTED);
        protectedSalt.addAttribute(HeaderKeys.HKDF_Salt, SALT, Attribute.PROTECTED);

        Recipient withNonce = recipient(AlgorithmID.HKDF_HMAC_SHA_256);
        withNonce.addAttribute(HeaderKeys.HKDF_Context_PartyU_nonce, IV, Attribute.UNPROTECTED);

        return Stream.of(
                form("algorithm unprotected", unprotectedAlgorithm, recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("IV protected", protectedIv, recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("another header", more, recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("no tag", untagged, recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("A128GCM", message(AlgorithmID.AES_GCM_128), recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("A192GCM", message(AlgorithmID.AES_GCM_192), recipient(AlgorithmID.HKDF_HMAC_SHA_256)),
                form("HKDF-SHA-512", message(AlgorithmID.AES_GCM_256), recipient(AlgorithmID.HKDF_HMAC_SHA_512)),
                form("direct", message(AlgorithmID.AES_GCM_256), recipient(AlgorithmID.Direct)),
                form("recipient's algorithm unprotected", message(AlgorithmID.AES_GCM_256), unprotectedRecipient),
                form("salt protected", message(AlgorithmID.AES_GCM_256), protectedSalt),
                form("another header of the recipient", message(AlgorithmID.AES_GCM_256), withNonce));
    }

    private static Arguments form(String name, EncryptMessage message, Recipient recipient) throws Exception {
        return Arguments.of(name, encrypt(message, recipient));
    }

    private static EncryptMessage sameForm() throws Exception {
        return encrypt(message(AlgorithmID.AES_GCM_256), recipient(AlgorithmID.HKDF_HMAC_SHA_256));
    }

    private static EncryptMessage message(AlgorithmID algorithm) throws CoseException {
        EncryptMessage message = new EncryptMessage();
        message.addAttribute(HeaderKeys.Algorithm, algorithm.AsCBOR(), Attribute.PROTECTED);
        message.addAttribute(HeaderKeys.IV, IV, Attribute.UNPROTECTED);
        return message;
    }

    private static Recipient recipient(AlgorithmID algorithm) throws CoseException {
        Recipient recipient = new Recipient();
        recipient.addAttribute(HeaderKeys.Algorithm, algorithm.AsCBOR(), Attribute.PROTECTED);
        recipient.addAttribute(HeaderKeys.KID, bytes(SampleTokens.PRODUCTION_ID), Attribute.UNPROTECTED);
        recipient.addAttribute(HeaderKeys.HKDF_Salt, SALT, Attribute.UNPROTECTED);
        return recipient;
    }

    private static EncryptMessage encrypt(EncryptMessage message, Recipient recipient) throws Exception {
        recipient.SetKey(key(SampleTokens.PRODUCTION_SECRET));
        message.addRecipient(recipient);
        message.SetContent(CLAIMS);
        message.encrypt();
        return message;
    }

    private static EncryptMessage decode(LicenseToken token) throws CoseException {
        return (EncryptMessage) Message.DecodeFromBytes(Base64.getUrlDecoder().decode(token.value()));
    }

    private static byte[] decrypt(EncryptMessage message, String secret) throws CoseException {
        Recipient recipient = message.getRecipient(0);
        recipient.SetKey(key(secret));
        return message.decrypt(recipient);
    }

    private static OneKey key(String secret) {
        OneKey key = new OneKey();
        key.add(KeyKeys.KeyType, KeyKeys.KeyType_Octet);
        key.add(KeyKeys.Octet_K, CBORObject.FromObject(bytes(secret)));
        return key;
    }

    private LicenseToken mint() {
        SampleRequest request = SampleRequest.plain().with("notBefore", "+60");
        return new TokenMint(() -> ring, SampleTokens.CLOCK, SampleTokens.RANDOM)
                .mint(request.request(), SampleTokens.caller(Profile.STRICT, Environment.TEST), SampleTokens.keys(1));
    }
}
