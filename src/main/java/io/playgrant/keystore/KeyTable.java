package io.playgrant.keystore;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The SQL statements for the table of stored keys. */
final class KeyTable {

    /** The number of ids in one query. */
    private static final int MOST_IDS = 1_000;

    private static final String SELECT = """
            select kid, ek, kek_id, info, content_id, expiration, last_update, held_by, track_type from stored_key
             where account = :account and environment = :environment
            """;
    private static final String THIS = " and kid = :kid";

    /** A join, because with a list of ids H2 would scan all keys of the owner. */
    private static final String SELECT_SOME = """
            select stored.kid, ek, kek_id, info, content_id, expiration, last_update, held_by, track_type
              from (values <wanted>) as wanted (kid)
              join stored_key as stored on stored.kid = wanted.kid
             where account = :account and environment = :environment
            """;

    /** All columns of the index: without the first two, H2 would sort all keys for each page. */
    private static final String PAGE = " order by account, environment, kid fetch first :limit rows only";

    private KeyTable() {}

    /** Inserts keys whose ids are not taken. Returns for each key the number of inserted rows, 0 or 1. */
    static int[] insert(Handle handle, Owner owner, List<StoredKey> keys) {
        try (PreparedBatch batch = handle.prepareBatch("""
                insert into stored_key (account, environment, kid, ek, kek_id, info, content_id, expiration, last_update,
                                        held_by, track_type, content_digest)
                values (:account, :environment, :kid, :ek, :kekId, :info, :contentId, :expiration, :lastUpdate,
                        :heldBy, :trackType, :contentDigest)
                on conflict do nothing
                """)) {
            keys.forEach(key -> bind(batch, owner, key).add());
            return batch.execute();
        }
    }

    static void update(Handle handle, Owner owner, StoredKey key) {
        bind(handle.createUpdate("""
                        update stored_key
                           set ek = :ek, kek_id = :kekId, info = :info, content_id = :contentId, expiration = :expiration,
                               last_update = :lastUpdate, held_by = :heldBy, track_type = :trackType, content_digest = :contentDigest
                         where account = :account and environment = :environment and kid = :kid
                        """), owner, key).execute();
    }

    /** Deletes a key, and what packagers called it. Returns whether there was one. */
    static boolean delete(Handle handle, Owner owner, KeyId kid) {
        bind(handle.createUpdate("""
                        delete from packager_key
                         where account = :account and environment = :environment and kid = :kid
                        """), owner).bind("kid", kid.toByteArray()).execute();
        return bind(handle.createUpdate("""
                                delete from stored_key
                                 where account = :account and environment = :environment and kid = :kid
                                """), owner)
                        .bind("kid", kid.toByteArray())
                        .execute()
                > 0;
    }

    static Optional<StoredKey> find(Handle handle, Owner owner, KeyId kid) {
        return one(handle, SELECT + THIS, owner, kid);
    }

    /** Finds a key and locks it until the transaction ends. */
    static Optional<StoredKey> lock(Handle transaction, Owner owner, KeyId kid) {
        return one(transaction, SELECT + THIS + " for update", owner, kid);
    }

    private static Optional<StoredKey> one(Handle handle, String query, Owner owner, KeyId kid) {
        return bind(handle.createQuery(query), owner)
                .bind("kid", kid.toByteArray())
                .map((row, context) -> key(row))
                .findOne();
    }

    static Map<KeyId, StoredKey> findAll(Handle handle, Owner owner, Collection<KeyId> kids) {
        List<KeyId> ids = kids.stream().distinct().toList();
        Map<KeyId, StoredKey> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MOST_IDS) {
            findSome(handle, owner, ids.subList(from, Math.min(from + MOST_IDS, ids.size())))
                    .forEach(key -> found.put(key.kid(), key));
        }
        return found;
    }

    private static List<StoredKey> findSome(Handle handle, Owner owner, List<KeyId> kids) {
        String wanted = IntStream.range(0, kids.size())
                .mapToObj(i -> "(cast(:kid" + i + " as bytea))")
                .collect(Collectors.joining(", "));
        Query query = bind(handle.createQuery(SELECT_SOME), owner).define("wanted", wanted);
        for (int i = 0; i < kids.size(); i++) {
            query.bind("kid" + i, kids.get(i).toByteArray());
        }
        return query.map((row, context) -> key(row)).list();
    }

    static List<StoredKey> page(Handle handle, Owner owner, @Nullable KeyId after, int limit) {
        Query query = handle.createQuery(SELECT + (after == null ? "" : " and kid > :after") + PAGE);
        if (after != null) {
            query.bind("after", after.toByteArray());
        }
        return bind(query, owner)
                .bind("limit", limit)
                .map((row, context) -> key(row))
                .list();
    }

    static List<StoredKey> currentOf(Handle handle, ContentDigest content, Instant now, int limit) {
        return handle.createQuery("""
                        select kid, ek, kek_id, info, content_id, expiration, last_update, held_by, track_type from stored_key
                         where content_digest = :content and (expiration is null or expiration > :now)
                         order by kid fetch first :limit rows only
                        """)
                .bind("content", content.toByteArray())
                .bind("now", time(now))
                .bind("limit", limit)
                .map((row, context) -> key(row))
                .list();
    }

    static long count(Handle handle, Owner owner) {
        return bind(
                        handle.createQuery(
                                "select count(*) from stored_key where account = :account and environment = :environment"),
                        owner)
                .mapTo(Long.class)
                .one();
    }

    /** The ids of the storage ring's keys that wrap stored keys. Asks the index for one after the other, because the table may be large. */
    static List<String> holders(Handle handle) {
        List<String> holders = new ArrayList<>();
        Optional<String> next = holderAfter(handle, "");
        while (next.isPresent()) {
            holders.add(next.get());
            next = holderAfter(handle, next.get());
        }
        return holders;
    }

    private static Optional<String> holderAfter(Handle handle, String previous) {
        return handle.createQuery(
                        "select held_by from stored_key where held_by > :previous order by held_by fetch first row only")
                .bind("previous", previous)
                .mapTo(String.class)
                .findOne();
    }

    static long countHeldBy(Handle handle, String holder) {
        return handle.createQuery("select count(*) from stored_key where held_by = :holder")
                .bind("holder", holder)
                .mapTo(Long.class)
                .one();
    }

    static void analyze(Database database) {
        database.analyze("stored_key");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Owner owner) {
        return statement
                .bind("account", owner.account())
                .bind("environment", owner.environment().label());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Owner owner, StoredKey key) {
        ContentDigest content = ContentDigest.of(owner, key);
        return bind(statement, owner)
                .bind("kid", key.kid().toByteArray())
                .bind("ek", key.ek().toByteArray())
                .bind("kekId", key.kekId())
                .bind("info", key.info())
                .bind("contentId", key.contentId())
                .bind("expiration", time(key.expiration()))
                .bind("lastUpdate", time(key.lastUpdate()))
                .bind("heldBy", key.heldBy())
                .bind("trackType", key.trackType())
                .bind("contentDigest", content == null ? null : content.toByteArray());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        OffsetDateTime expiration = row.getObject("expiration", OffsetDateTime.class);
        return new StoredKey(
                KeyId.of(row.getBytes("kid")),
                EncryptedKey.of(row.getBytes("ek")),
                row.getString("kek_id"),
                row.getString("info"),
                row.getString("content_id"),
                expiration == null ? null : expiration.toInstant(),
                row.getObject("last_update", OffsetDateTime.class).toInstant(),
                row.getString("held_by"),
                row.getObject("track_type", Integer.class));
    }
}
