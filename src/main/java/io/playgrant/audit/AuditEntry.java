package io.playgrant.audit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A change that somebody made.
 *
 * @param at when
 * @param who the user of the operating system
 * @param action what was done, such as {@code account create}
 * @param account the account that it was done to, if any
 * @param details how, without any secret; may be empty
 */
public record AuditEntry(Instant at, String who, String action, OptionalLong account, String details) {}
