package io.playgrant.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.sealing.ContentEncryption;
import io.playgrant.token.sealing.CoseEncrypt;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.MalformedTokenException;
import io.playgrant.token.sealing.RingKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** Opens tokens (protocol section 4). Fails closed: any error is {@link ErrorCode#INVALID_TOKEN}. Thread-safe. */
public final class TokenOpener {

    /** The number of cached keys, one for each process and hour. Deriving a key again costs some microseconds. */
    private static final int MOST_DERIVED_KEYS = 10_000;

    /** Longer than any licence URL. */
    private static final int LONGEST_TOKEN = 4_096;

    private final Supplier<KeyRing> ring;
    private final Cache<DerivedFrom, SecretKey> derivedKeys =
            Caffeine.newBuilder().maximumSize(MOST_DERIVED_KEYS).build();

    /**
     * An opener.
     *
     * @param ring supplies the current key ring, for every token
     */
    public TokenOpener(Supplier<KeyRing> ring) {
        this.ring = ring;
    }

    /**
     * Opens a token, without the check of {@link Claims#invalidReason} whether it can be redeemed now.
     *
     * @param token base64url without padding
     * @return the claims of an authentic token
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN} without details; the reason is for the log
     */
    public Claims open(String token) {
        try {
            return openOrFail(token);
        } catch (MalformedTokenException e) {
            throw TokenException.withReason(ErrorCode.INVALID_TOKEN, String.valueOf(e.getMessage()));
        }
    }

    private Claims openOrFail(String token) throws MalformedTokenException {
        CoseEncrypt message = CoseEncrypt.decode(decodeBase64(token));
        String keyId = HexFormat.of().formatHex(message.keyId());
        RingKey source = ring.get()
                .find(keyId)
                .orElseThrow(() -> new MalformedTokenException("no key " + keyId + " in the ring"));
        DerivedFrom origin = new DerivedFrom(source, ByteBuffer.wrap(message.salt()));
        SecretKey cached = derivedKeys.getIfPresent(origin);
        SecretKey key = cached != null ? cached : ContentEncryption.deriveKey(source.secret(), message.salt());
        byte[] plaintext = ContentEncryption.open(key, message.iv(), message.ciphertext());
        if (cached == null) {
            // Cached only now: salts of forged tokens must not evict good keys.
            derivedKeys.put(origin, key);
        }
        Claims claims = ClaimsCodec.decode(plaintext);
        if (claims.environment() != source.environment()) {
            throw new MalformedTokenException("minted with the other environment's key");
        }
        return claims;
    }

    /** Accepts only the canonical encoding; the JDK's decoder also accepts padding and stray bits at the end. */
    private static byte[] decodeBase64(String token) throws MalformedTokenException {
        if (token.length() > LONGEST_TOKEN) {
            throw new MalformedTokenException("longer than any token");
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the decoder's message, which quotes the token.
        }
        throw new MalformedTokenException("not canonical base64url without padding");
    }

    private record DerivedFrom(RingKey source, ByteBuffer salt) {

        @Override
        @SuppressWarnings("ReferenceEquality") // comparing secrets would cost more, and a ring is seldom reloaded
        public boolean equals(Object other) {
            return other instanceof DerivedFrom that && source == that.source && salt.equals(that.salt);
        }

        @Override
        public int hashCode() {
            return salt.hashCode();
        }
    }
}
