package io.playgrant.operator;

import java.time.Instant;

/**
 * A session of an operator in the console.
 *
 * @param number the number by which it can be revoked
 * @param operator the operator as of now
 * @param address where the operator signed in
 * @param createdAt when the operator signed in
 * @param lastSeenAt when the session was last used, to the minute
 */
public record Session(long number, Operator operator, String address, Instant createdAt, Instant lastSeenAt) {}
