package io.playgrant.revocation;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.HdcpOutputControl;
import io.playgrant.token.SecurityLevel;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TrackType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What tokens say that may be revoked. */
final class SampleClaims {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String ID = "000102030405060708090a0b0c0d0e0f";
    static final KeyId FILM = KeyId.ofName("film");
    static final KeyId TRAILER = KeyId.ofName("trailer");

    private static final ContentKey KEY = ContentKey.ofHex(secret("7e57c0de7e57c0de7e57c0de7e57c0de"));

    private SampleClaims() {}

    /** A token of account 1001, of the production environment, for an hour from now. */
    static Claims token() {
        return token(ID, 1001, Environment.PRODUCTION, NOW, FILM);
    }

    static Claims token(String id, long account, Environment environment, Instant issuedAt, KeyId... kids) {
        return new ClaimsBuilder()
                .account(account)
                .environment(environment)
                .tokenId(id)
                .issuedAt(issuedAt)
                .expiresAt(issuedAt.plusSeconds(3_600))
                .keys(keys(kids))
                .build();
    }

    private static List<TokenKey> keys(KeyId... kids) {
        return Arrays.stream(kids)
                .map(kid -> new TokenKey(
                        kid, KEY, SecurityLevel.SW_SECURE_CRYPTO, HdcpOutputControl.HDCP_NONE, TrackType.HD))
                .toList();
    }
}
