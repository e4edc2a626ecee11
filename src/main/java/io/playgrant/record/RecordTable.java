package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The SQL statements for the table with one row for each record, which only earlier versions of the program write. */
final class RecordTable {

    private static final String OF_OWNER = " from record where account = :account and environment = :environment";

    private static final String SELECT =
            "select id, account, environment, at, request_id, token_id, code, kids, content_id, cookie, source, address";

    /** All columns of the index: with fewer columns, H2 would sort all records for each page. */
    private static final String IN_ORDER = " order by account, environment, at desc, id desc";

    private static final String IN_ORDER_OF_ALL = " order by at desc, id desc";

    private static final String SEPARATOR = " ";

    private RecordTable() {}

    /**
     * A row of the table.
     *
     * @param id the number that tells records of the same time apart
     */
    record Row(long id, TokenRecord record) {

        Instant newest() {
            return record.time();
        }
    }

    /**
     * The next records of a period, newest first.
     *
     * @param owner the account and environment; null for all
     * @param first the beginning of the period
     * @param last the last time of the period
     * @param after the row after which to begin; null at the beginning
     */
    static List<Row> find(
            Handle handle,
            RecordBlock.@Nullable Owner owner,
            Instant first,
            Instant last,
            @Nullable Row after,
            int limit,
            int timeoutSeconds) {
        Query statement = handle.createQuery(SELECT
                + (owner == null ? " from record where" : OF_OWNER + " and")
                + " at >= :first and at <= :at and (at < :at or id < :id)"
                + (owner == null ? IN_ORDER_OF_ALL : IN_ORDER) + " fetch first :limit rows only");
        if (owner != null) {
            bindOwner(statement, owner.account(), owner.environment());
        }
        return statement
                .bind("first", utc(first))
                .bind("at", utc(after == null ? last : after.newest()))
                .bind("id", after == null ? Long.MAX_VALUE : after.id())
                .bind("limit", limit)
                .setQueryTimeout(timeoutSeconds)
                .map((row, context) -> new Row(row.getLong("id"), record(row)))
                .list();
    }

    /** The next account that has records, by number. */
    static Optional<Long> accountAfter(Handle handle, long account) {
        return handle.createQuery(
                        "select account from record where account > :account order by account fetch first 1 row only")
                .bind("account", account)
                .mapTo(Long.class)
                .findOne();
    }

    /** Whether there is an account with this number. */
    static boolean isAccount(Handle handle, long account) {
        return handle.createQuery("select count(*) from account where number = :account")
                        .bind("account", account)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /**
     * Deletes some of the records before a time: the newest of them, which come first in the index.
     *
     * @param some the number of records, plus those of the same microsecond as the last
     * @return the number of deleted records
     */
    static int deleteSomeBefore(Handle transaction, long account, Environment environment, Instant end, int some) {
        Optional<OffsetDateTime> begin = bindOwner(
                        transaction.createQuery("select at" + OF_OWNER + " and at < :end" + IN_ORDER
                                + " offset :others rows fetch next 1 row only"),
                        account,
                        environment)
                .bind("end", utc(end))
                .bind("others", some - 1)
                .mapTo(OffsetDateTime.class)
                .findOne();
        return transaction
                .createUpdate("delete" + OF_OWNER + " and at < :end and at >= :begin")
                .bind("account", account)
                .bind("environment", environment.label())
                .bind("end", utc(end))
                .bind("begin", begin.orElse(utc(RecordQuery.EARLIEST)))
                .execute();
    }

    private static Query bindOwner(Query statement, long account, Environment environment) {
        return statement.bind("account", account).bind("environment", environment.label());
    }

    private static TokenRecord record(ResultSet row) throws SQLException {
        return new TokenRecord(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("request_id"),
                row.getString("token_id"),
                row.getLong("account"),
                Environment.ofLabel(row.getString("environment")),
                row.getInt("code"),
                kids(row.getString("kids")),
                row.getString("content_id"),
                row.getString("cookie"),
                TokenRecord.Source.of(row.getString("source")),
                row.getString("address"),
                null);
    }

    private static List<KeyId> kids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(SEPARATOR)).map(KeyId::ofHex).toList();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
