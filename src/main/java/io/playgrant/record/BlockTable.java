package io.playgrant.record;

import io.playgrant.account.Environment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The SQL statements for the table of {@linkplain RecordBlock blocks}. */
final class BlockTable {

    private static final String INSERT = """
            insert into record_block (account, environment, oldest, newest, records, content)
            values (?, ?, ?, ?, ?, ?)
            """;

    private static final String OF_OWNER = " from record_block where account = :account and environment = :environment";

    private static final String SELECT = "select id, account, environment, oldest, newest, records, content";

    /** All columns of the index: with fewer columns, H2 would sort all blocks for each page. */
    private static final String IN_ORDER = " order by account, environment, newest desc, id desc";

    private static final String IN_ORDER_OF_ALL = " order by newest desc, id desc";

    /** With the number of records, which another server may have changed. */
    private static final String THIS =
            " where account = ? and environment = ? and newest = ? and id = ? and records = ?";

    private BlockTable() {}

    /**
     * A row of the table.
     *
     * @param id the number that tells blocks with the same newest time apart
     */
    record Row(long id, RecordBlock block) {

        Instant newest() {
            return block.newest();
        }
    }

    /** Inserts blocks, without Jdbi's binding, which takes longer than the database itself. */
    static void insert(Handle transaction, List<RecordBlock> blocks) {
        try (PreparedStatement statement = transaction.getConnection().prepareStatement(INSERT)) {
            for (RecordBlock block : blocks) {
                statement.setLong(1, block.account());
                statement.setString(2, block.environment().label());
                statement.setObject(3, utc(block.oldest()));
                statement.setObject(4, utc(block.newest()));
                statement.setInt(5, block.records());
                statement.setBytes(6, block.content());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("records are not inserted", e, null);
        }
    }

    /**
     * The next blocks, newest first, that may have records of a period.
     *
     * @param owner the account and environment; null for all
     * @param first the beginning of the period
     * @param last the last time of the period
     * @param after the block after which to begin; null at the beginning
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
                + (owner == null ? " from record_block where" : OF_OWNER + " and")
                + " newest >= :first and oldest <= :last"
                + " and newest <= :newest and (newest < :newest or id < :id)"
                + (owner == null ? IN_ORDER_OF_ALL : IN_ORDER) + " fetch first :limit rows only");
        if (owner != null) {
            statement
                    .bind("account", owner.account())
                    .bind("environment", owner.environment().label());
        }
        return statement
                .bind("first", utc(first))
                .bind("last", utc(last))
                .bind("newest", utc(after == null ? last.plus(RecordBlock.SPAN) : after.newest()))
                .bind("id", after == null ? Long.MIN_VALUE : after.id())
                .bind("limit", limit)
                .setQueryTimeout(timeoutSeconds)
                .map((row, context) ->
                        row(row, row.getLong("account"), Environment.ofLabel(row.getString("environment"))))
                .list();
    }

    /** The next account that has blocks, by number. */
    static Optional<Long> accountAfter(Handle handle, long account) {
        return handle.createQuery(
                        "select account from record_block where account > :account order by account fetch first 1 row only")
                .bind("account", account)
                .mapTo(Long.class)
                .findOne();
    }

    /** Some of the blocks that have records before a time, the newest first. Only those that also have other records come with content. */
    static List<Row> findSomeBefore(Handle handle, long account, Environment environment, Instant end, int limit) {
        return handle.createQuery("select id, oldest, newest, records,"
                        + " case when newest >= :end then content else null end as content" + OF_OWNER
                        + " and newest < :reach and oldest < :end" + IN_ORDER + " fetch first :limit rows only")
                .bind("account", account)
                .bind("environment", environment.label())
                .bind("end", utc(end))
                .bind("reach", utc(end.plus(RecordBlock.SPAN)))
                .bind("limit", limit)
                .map((row, context) -> row(row, account, environment))
                .list();
    }

    /**
     * Deletes blocks, unless another server was faster.
     *
     * @return the number of deleted records
     */
    static int delete(Handle transaction, List<Row> rows) {
        try (PreparedStatement statement =
                transaction.getConnection().prepareStatement("delete from record_block" + THIS)) {
            for (Row row : rows) {
                bindKey(statement, 1, row);
                statement.addBatch();
            }
            int[] deleted = statement.executeBatch();
            int records = 0;
            for (int i = 0; i < deleted.length; i++) {
                records += deleted[i] * rows.get(i).block().records();
            }
            return records;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("records are not deleted", e, null);
        }
    }

    /**
     * Replaces a block by its newest records, unless another server was faster.
     *
     * @return the number of deleted records
     */
    static int shorten(Handle transaction, Row row, RecordBlock rest) {
        try (PreparedStatement statement = transaction
                .getConnection()
                .prepareStatement("update record_block set oldest = ?, records = ?, content = ?" + THIS)) {
            statement.setObject(1, utc(rest.oldest()));
            statement.setInt(2, rest.records());
            statement.setBytes(3, rest.content());
            bindKey(statement, 4, row);
            return statement.executeUpdate() * (row.block().records() - rest.records());
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("records are not deleted", e, null);
        }
    }

    private static void bindKey(PreparedStatement statement, int first, Row row) throws SQLException {
        statement.setLong(first, row.block().account());
        statement.setString(first + 1, row.block().environment().label());
        statement.setObject(first + 2, utc(row.block().newest()));
        statement.setLong(first + 3, row.id());
        statement.setInt(first + 4, row.block().records());
    }

    private static Row row(ResultSet row, long account, Environment environment) throws SQLException {
        byte[] content = row.getBytes("content");
        return new Row(
                row.getLong("id"),
                new RecordBlock(
                        account,
                        environment,
                        row.getObject("oldest", OffsetDateTime.class).toInstant(),
                        row.getObject("newest", OffsetDateTime.class).toInstant(),
                        row.getInt("records"),
                        content == null ? new byte[0] : content));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
