package io.playgrant.audit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * An entry of the audit.
 *
 * @param at the time of the change
 * @param who the author: an operating-system user, or an operator with the address of the request
 * @param action the action, such as {@code account create}
 * @param account the changed account, if any
 * @param details the details, without any secret; may be empty
 */
public record AuditEntry(Instant at, String who, String action, OptionalLong account, String details) {}
