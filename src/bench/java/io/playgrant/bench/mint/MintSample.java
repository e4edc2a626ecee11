package io.playgrant.bench.mint;

import io.playgrant.account.Account;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.token.Claims;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenMint;
import io.playgrant.token.TokenRequest;
import io.playgrant.token.sealing.CoseEncrypt;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.MalformedTokenException;
import io.playgrant.token.sealing.RingKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A mint with a request, and the claims of its token in other forms. */
final class MintSample {

    private static final int SECRET_LENGTH = 32;
    private static final int TAG_LENGTH = 16;
    private static final long ACCOUNT = 1001;

    private final byte[] secret = new byte[SECRET_LENGTH];
    private final TokenMint mint;
    private final TokenRequest request;
    private final Caller caller;
    private final List<TokenKey> keys;
    private final byte[] encodedClaims;

    MintSample() {
        SecureRandom random = new SecureRandom();
        random.nextBytes(secret);
        KeyRing ring = ring();
        mint = new TokenMint(() -> ring, Clock.systemUTC(), random);
        request = TokenRequest.of(new Parameters()
                .add("kid", "^my-first-film")
                .add("contentKey", BenchFolder.CONTENT_KEY)
                .add("securityLevel", "1")
                .add("hdcpOutputControl", "0"));
        keys = List.of(TokenKey.of(request.keys().get(0), ContentKey.ofHex(BenchFolder.CONTENT_KEY)));
        caller = new Caller(account(), Environment.PRODUCTION);
        encodedClaims = new byte[lengthOfClaims()];
    }

    private KeyRing ring() {
        RingKey production = new RingKey("0000000000000001", Environment.PRODUCTION, secret);
        RingKey test = new RingKey("0000000000000002", Environment.TEST, secret);
        return new KeyRing(
                Map.of(production.id(), production, test.id(), test),
                Map.of(Environment.PRODUCTION, production, Environment.TEST, test));
    }

    private static Account account() {
        return new Account(
                ACCOUNT, "Bench", Profile.STRICT, true, true, List.of(), Limit.NONE, Limit.NONE, 1, List.of());
    }

    private int lengthOfClaims() {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(mint().value());
            return CoseEncrypt.decode(sealed).ciphertext().length - TAG_LENGTH;
        } catch (MalformedTokenException e) {
            throw new IllegalStateException(e);
        }
    }

    LicenseToken mint() {
        return mint.mint(request, caller, keys);
    }

    /** As many bytes as the token encrypts. */
    byte[] encodedClaims() {
        return encodedClaims;
    }

    /** 32 bytes. */
    byte[] secret() {
        return secret;
    }

    /** The claims as a JSON Web Token would have them. */
    String claimsAsJson() {
        Claims claims = mint().claims();
        return "{\"iss\":\"" + claims.account() + "\",\"aud\":\"" + claims.environment().label() + "\",\"jti\":\""
                + claims.tokenId() + "\",\"iat\":" + claims.issuedAt().getEpochSecond() + ",\"exp\":"
                + claims.expiresAt().getEpochSecond() + ",\"keys\":[{\"kid\":\""
                + claims.keys().get(0).kid() + "\",\"key\":\"" + BenchFolder.CONTENT_KEY
                + "\",\"securityLevel\":1,\"hdcp\":0,\"track\":1}]}";
    }
}
