package io.playgrant.revocation;

import java.time.Instant;

/**
 * A revocation of tokens.
 *
 * @param id its id for operators
 * @param scope the revoked tokens
 * @param reason the operator's reason; may be empty
 * @param who the operating-system user who revoked them
 * @param revokedAt the time of the revocation
 * @param expiresAt the time at which the last of the tokens has expired, and the revocation ends
 */
public record Revocation(long id, Scope scope, String reason, String who, Instant revokedAt, Instant expiresAt) {}
