package io.playgrant.bench.mint;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Our mint and unwrapping beside what others do for the same claims. */
public class Minting {

    private static final int TAG_BITS = 128;

    /** What all threads share. */
    @State(Scope.Benchmark)
    public static class Shared {

        private final MintSample sample = new MintSample();
        private final DirectEncrypter encrypter = encrypter(sample.secret());
        private final MACSigner signer = signer(sample.secret());
        private final Payload payload = new Payload(sample.claimsAsJson());
        private final Kek kek = Kek.ofHex(BenchFolder.KEK);
        private final EncryptedKey wrapped = EncryptedKey.ofHex(BenchFolder.EK);

        private static DirectEncrypter encrypter(byte[] secret) {
            try {
                return new DirectEncrypter(secret);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        private static MACSigner signer(byte[] secret) {
            try {
                return new MACSigner(secret);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What each thread has for itself: ciphers are not thread-safe. */
    @State(Scope.Thread)
    public static class Own {

        private final Cipher gcm = cipher("AES/GCM/NoPadding");
        private final Cipher wrap = cipher("AESWrap");
        private final SecretKey key = new SecretKeySpec(new byte[32], "AES");
        private final SecretKey kek = new SecretKeySpec(HexFormat.of().parseHex(BenchFolder.KEK), "AES");
        private final byte[] wrapped = HexFormat.of().parseHex(BenchFolder.EK);
        private final byte[] iv = new byte[12];
        private long count;

        private static Cipher cipher(String name) {
            try {
                return Cipher.getInstance(name);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** From a validated request to a token. */
    @Benchmark
    public Object mint(Shared shared) {
        return shared.sample.mint();
    }

    /** AES-256-GCM of as many bytes, with a cipher that is used again and a nonce that counts. */
    @Benchmark
    public byte[] cipher(Shared shared, Own own) throws GeneralSecurityException {
        ByteBuffer.wrap(own.iv).putLong(4, own.count++);
        own.gcm.init(Cipher.ENCRYPT_MODE, own.key, new GCMParameterSpec(TAG_BITS, own.iv));
        return own.gcm.doFinal(shared.sample.encodedClaims());
    }

    /** A JWE of the same claims, {@code dir} with {@code A256GCM}. */
    @Benchmark
    public String jwe(Shared shared) throws JOSEException {
        JWEObject jwe = new JWEObject(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), shared.payload);
        jwe.encrypt(shared.encrypter);
        return jwe.serialize();
    }

    /** A JWS of the same claims, which encrypts nothing: {@code HS256}. */
    @Benchmark
    public String jws(Shared shared) throws JOSEException {
        JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), shared.payload);
        jws.sign(shared.signer);
        return jws.serialize();
    }

    /** Our RFC 3394. */
    @Benchmark
    public ContentKey unwrap(Shared shared) throws KeyWrapException {
        return KeyWrap.unwrap(shared.kek, shared.wrapped);
    }

    /** The JDK's RFC 3394, with a cipher that is used again. */
    @Benchmark
    public Key unwrapByJdk(Own own) throws GeneralSecurityException {
        own.wrap.init(Cipher.UNWRAP_MODE, own.kek);
        return own.wrap.unwrap(own.wrapped, "AES", Cipher.SECRET_KEY);
    }
}
