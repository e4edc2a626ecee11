package io.playgrant.app;

import io.playgrant.account.Accounts;
import io.playgrant.audit.Audit;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.held.StorageRingEditor;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Sessions;
import io.playgrant.revocation.Revocations;
import io.playgrant.token.sealing.KeyRingEditor;

/**
 * Everything that changes an installation. The audit names one author for all of it.
 *
 * @param accounts the accounts
 * @param keys the stored keys
 * @param revocations the revocations of tokens
 * @param ring the key ring
 * @param storageRing the storage ring
 * @param operators the operators
 * @param sessions the sessions of operators
 * @param audit the audit
 */
public record Changes(
        Accounts accounts,
        DatabaseKeys keys,
        Revocations revocations,
        KeyRingEditor ring,
        StorageRingEditor storageRing,
        Operators operators,
        Sessions sessions,
        Audit audit) {}
