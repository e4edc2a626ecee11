package io.playgrant.token;

import io.playgrant.TestSecrets;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.TokenSealer;
import java.time.Clock;
import java.util.function.Supplier;

/** Tokens with any claims, also with those that no request could have. */
public final class SealedTokens {

    private final TokenSealer sealer;

    /** Tokens of a ring's active keys. */
    public SealedTokens(Supplier<KeyRing> ring) {
        sealer = new TokenSealer(ring, Clock.systemUTC(), SampleTokens.RANDOM);
    }

    /** The text of a token. */
    public String of(Claims claims) {
        byte[] sealed =
                sealer.seal(claims.environment(), ClaimsCodec.encode(claims)).encode();
        return TestSecrets.secret(SampleTokens.base64(sealed));
    }
}
