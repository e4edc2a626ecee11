package io.playgrant.keystore.packaging;

import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The SQL statements for the table of packagers' keys. */
final class PackagerKeyTable {

    private PackagerKeyTable() {}

    /**
     * A row.
     *
     * @param identity the digest of the identity; null if the packager chose the key id
     * @param content the digest of the content id
     */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares rows
    record Row(KeyId kid, byte @Nullable [] identity, byte[] content, String type, OptionalLong period) {}

    /** Inserts rows whose key id and identity are not taken. Returns for each the number of inserted rows, 0 or 1. */
    static int[] insert(Handle handle, Owner owner, List<Row> rows) {
        try (PreparedBatch batch = handle.prepareBatch("""
                insert into packager_key (account, environment, kid, identity, content, type, period)
                values (:account, :environment, :kid, :identity, :content, :type, :period)
                on conflict do nothing
                """)) {
            for (Row row : rows) {
                bind(batch, owner)
                        .bind("kid", row.kid().toByteArray())
                        .bind("identity", row.identity())
                        .bind("content", row.content())
                        .bind("type", row.type())
                        .bind(
                                "period",
                                row.period().isPresent()
                                        ? Long.valueOf(row.period().getAsLong())
                                        : null)
                        .add();
            }
            return batch.execute();
        }
    }

    /** The key ids of the identities that have one. */
    static Map<KeyIdentity, KeyId> find(Handle handle, Owner owner, Collection<KeyIdentity> identities) {
        Map<ByteBuffer, KeyIdentity> byDigest = identities.stream()
                .collect(Collectors.toMap(identity -> ByteBuffer.wrap(identity.digest()), identity -> identity));
        List<ByteBuffer> digests = List.copyOf(byDigest.keySet());
        // A join, because with a list H2 would scan all rows of the owner.
        String wanted = IntStream.range(0, digests.size())
                .mapToObj(i -> "(cast(:identity" + i + " as bytea))")
                .collect(Collectors.joining(", "));
        Query query = bind(handle.createQuery("""
                                select known.kid, known.identity from (values <wanted>) as wanted (identity)
                                  join packager_key as known on known.identity = wanted.identity
                                 where account = :account and environment = :environment
                                """), owner).define("wanted", wanted);
        for (int i = 0; i < digests.size(); i++) {
            query.bind("identity" + i, digests.get(i).array());
        }
        return query.reduceRows(new HashMap<>(), (found, row) -> {
            KeyIdentity identity = byDigest.get(ByteBuffer.wrap(row.getColumn("identity", byte[].class)));
            if (identity != null) {
                found.put(identity, kid(row));
            }
            return found;
        });
    }

    /** The type and the period under which a packager asked for a key; empty if none did. */
    static Optional<RequestedKey> find(Handle handle, Owner owner, KeyId kid) {
        return bind(handle.createQuery("""
                        select kid, type, period from packager_key
                         where account = :account and environment = :environment and kid = :kid
                        """), owner)
                .bind("kid", kid.toByteArray())
                .map((row, context) -> {
                    Long period = row.getObject("period", Long.class);
                    return new RequestedKey(
                            kid,
                            row.getString("type"),
                            period == null ? OptionalLong.empty() : OptionalLong.of(period));
                })
                .findOne();
    }

    /** The number of crypto periods of a content, outside of a range, whose keys have not expired. */
    static long countPeriodsOutside(Handle handle, Owner owner, byte[] content, long first, long last, Instant now) {
        return bind(handle.createQuery("""
                        select count(distinct known.period) from packager_key as known
                          join stored_key as stored on stored.account = known.account
                               and stored.environment = known.environment and stored.kid = known.kid
                         where known.account = :account and known.environment = :environment and known.content = :content
                           and known.period not between :first and :last
                           and (stored.expiration is null or stored.expiration > :now)
                        """), owner)
                .bind("content", content)
                .bind("first", first)
                .bind("last", last)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one();
    }

    private static KeyId kid(RowView row) {
        return KeyId.of(row.getColumn("kid", byte[].class));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Owner owner) {
        return statement
                .bind("account", owner.account())
                .bind("environment", owner.environment().label());
    }
}
