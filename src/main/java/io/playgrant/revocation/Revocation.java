package io.playgrant.revocation;

import java.time.Instant;

/**
 * That some tokens are not to be redeemed any more.
 *
 * @param id what people name it by
 * @param scope which tokens
 * @param reason why, as the operator said; may be empty
 * @param who the user of the operating system who revoked them
 * @param revokedAt when
 * @param expiresAt when the last of them has expired, and this is forgotten
 */
public record Revocation(long id, Scope scope, String reason, String who, Instant revokedAt, Instant expiresAt) {}
