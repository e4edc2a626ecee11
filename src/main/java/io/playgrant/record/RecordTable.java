package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The SQL statements for the table of records. */
final class RecordTable {

    private static final String INSERT = """
            insert into record
                (at, account, environment, request_id, token_id, code, kids, content_id, cookie, source, address)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String OF_OWNER = " from record where account = :account and environment = :environment";

    private static final String SELECT =
            "select at, request_id, token_id, code, kids, content_id, cookie, source, address" + OF_OWNER;

    /** All columns of the index: with fewer columns, H2 would sort all records for each page. */
    private static final String IN_ORDER = " order by account, environment, at desc, id desc";

    private static final String SEPARATOR = " ";

    private RecordTable() {}

    /** Inserts records, without Jdbi's binding, which takes longer than the database itself. */
    static void insert(Handle transaction, List<TokenRecord> records) {
        try (PreparedStatement statement = transaction.getConnection().prepareStatement(INSERT)) {
            for (TokenRecord record : records) {
                bind(statement, record);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("records are not inserted", e, null);
        }
    }

    private static void bind(PreparedStatement statement, TokenRecord record) throws SQLException {
        int column = 1;
        statement.setObject(column++, utc(record.time()));
        statement.setLong(column++, record.account());
        statement.setString(column++, record.environment().label());
        statement.setString(column++, record.requestId());
        statement.setString(column++, record.tokenId());
        statement.setInt(column++, record.code());
        statement.setString(
                column++, record.kids().stream().map(KeyId::toString).collect(Collectors.joining(SEPARATOR)));
        statement.setString(column++, record.contentId());
        statement.setString(column++, record.cookie());
        statement.setString(column++, record.source().label());
        statement.setString(column, record.address());
    }

    /** The newest records that match a query. */
    static List<TokenRecord> find(Handle handle, RecordQuery query, int limit, int timeoutSeconds) {
        RecordQuery.Filter filter = query.filter();
        String sql = SELECT
                + (query.from() == null ? "" : " and at >= :from")
                + (query.to() == null ? "" : " and at < :to")
                + (query.before() == null ? "" : " and at <= :beforeTime")
                + (filter.cookie() == null ? "" : " and cookie = :cookie")
                + (filter.tokenId() == null ? "" : " and token_id = :tokenId")
                + (filter.kid() == null ? "" : " and kids like :kid")
                + (filter.code() == null ? "" : " and code = :code")
                + IN_ORDER
                + " offset :shown rows fetch next :limit rows only";
        return bind(handle.createQuery(sql), query)
                .bind("shown", query.before() == null ? 0 : query.before().shown())
                .bind("limit", limit)
                .setQueryTimeout(timeoutSeconds)
                .map((row, context) -> record(row, query.account(), query.environment()))
                .list();
    }

    private static Query bind(Query statement, RecordQuery query) {
        bindOwner(statement, query.account(), query.environment());
        bindIfGiven(statement, "from", utcOrNull(query.from()));
        bindIfGiven(statement, "to", utcOrNull(query.to()));
        if (query.before() != null) {
            statement.bind("beforeTime", utc(query.before().time()));
        }
        RecordQuery.Filter filter = query.filter();
        bindIfGiven(statement, "cookie", filter.cookie());
        bindIfGiven(statement, "tokenId", filter.tokenId());
        bindIfGiven(statement, "kid", filter.kid() == null ? null : "%" + filter.kid() + "%");
        bindIfGiven(statement, "code", filter.code());
        return statement;
    }

    private static void bindIfGiven(Query statement, String name, @Nullable Object value) {
        if (value != null) {
            statement.bind(name, value);
        }
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

    private static TokenRecord record(ResultSet row, long account, Environment environment) throws SQLException {
        return new TokenRecord(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("request_id"),
                row.getString("token_id"),
                account,
                environment,
                row.getInt("code"),
                kids(row.getString("kids")),
                row.getString("content_id"),
                row.getString("cookie"),
                TokenRecord.Source.of(row.getString("source")),
                row.getString("address"));
    }

    private static List<KeyId> kids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(SEPARATOR)).map(KeyId::ofHex).toList();
    }

    private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
        return time == null ? null : utc(time);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
