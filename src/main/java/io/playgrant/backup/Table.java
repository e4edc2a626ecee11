package io.playgrant.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * A table as lines of JSON, one object for each row. This is independent of the kind and version of the database, and none of it is
 * executed as SQL.
 *
 * @param name its name
 * @param columns its columns
 */
record Table(String name, List<Column> columns) {

    /**
     * The tables of an installation, each after those that it refers to. Excluded are tables that matter only while servers run (the nodes,
     * the change log of stored keys, redemptions under way, request times, the service certificates, which are fetched again, idempotency
     * keys, and the sessions of operators with their failures to sign in), and the records, which may be millions and on which nothing else
     * depends.
     */
    static final List<String> KEPT = List.of(
            "installation",
            "account_revision",
            "account",
            "authenticator",
            "signer",
            "credit",
            "queue_charge",
            "stored_key",
            "packager_key",
            "deleted_account",
            "revocation_revision",
            "revocation",
            "redemption",
            "usage_minute",
            "usage_hour",
            "operator",
            "usage_total",
            "audit");

    private static final int BATCH = 1_000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    /**
     * A column.
     *
     * @param name its name
     * @param type its type
     * @param sqlType the database's type, one of {@link Types}
     */
    record Column(String name, ColumnType type, int sqlType) {}

    /** The tables of a database that belong in a backup. */
    static List<Table> of(Handle handle) {
        List<String> present = handle.createQuery(
                        "select table_name from information_schema.tables where table_schema = current_schema")
                .mapTo(String.class)
                .list();
        return KEPT.stream()
                .filter(present::contains)
                .map(name -> new Table(name, columns(handle, name)))
                .toList();
    }

    private static List<Column> columns(Handle handle, String table) {
        return handle.createQuery("select * from " + table + " where false").scanResultSet((rows, context) -> {
            ResultSetMetaData metaData = rows.get().getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                String name = metaData.getColumnName(i);
                int sqlType = metaData.getColumnType(i);
                columns.add(new Column(name, ColumnType.of(name, sqlType), sqlType));
            }
            return columns;
        });
    }

    /** Writes all rows. */
    void write(Handle handle, OutputStream out) throws IOException {
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.setRootValueSeparator(null);
            // Without a fetch size, PostgreSQL's driver would load all rows into memory.
            handle.createQuery("select * from " + name).setFetchSize(BATCH).scanResultSet((rows, context) -> {
                ResultSet row = rows.get();
                while (row.next()) {
                    write(row, json);
                }
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void write(ResultSet row, JsonGenerator json) throws SQLException {
        try {
            json.writeStartObject();
            for (Column column : columns) {
                json.writeFieldName(column.name());
                json.writeObject(value(row, column));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object value(ResultSet row, Column column) throws SQLException {
        Object value = switch (column.type()) {
            case NUMBER -> row.getLong(column.name());
            case TRUTH -> row.getBoolean(column.name());
            case TEXT -> row.getString(column.name());
            case BYTES -> row.getBytes(column.name());
            case TIME -> String.valueOf(row.getObject(column.name(), OffsetDateTime.class));
        };
        return row.wasNull() ? null : value;
    }

    /**
     * Replaces all rows.
     *
     * @throws IllegalArgumentException if the rows do not fit the table
     */
    void read(Handle handle, InputStream in) throws IOException {
        handle.execute("delete from " + name);
        try (MappingIterator<ObjectNode> rows =
                        MAPPER.readerFor(ObjectNode.class).readValues(in);
                PreparedBatch batch = handle.prepareBatch(insertion())) {
            while (rows.hasNextValue()) {
                bind(rows.nextValue(), batch);
                if (batch.size() == BATCH) {
                    batch.execute();
                }
            }
            batch.execute();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not rows of JSON", e);
        }
    }

    private String insertion() {
        return "insert into " + name + " ("
                + columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "))
                + ") values (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private void bind(ObjectNode row, PreparedBatch batch) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException("a row of other columns");
        }
        for (int i = 0; i < columns.size(); i++) {
            JsonNode value = row.path(columns.get(i).name());
            if (value.isNull()) {
                batch.bindNull(i, columns.get(i).sqlType());
            } else {
                batch.bind(i, value(value, columns.get(i)));
            }
        }
        batch.add();
    }

    private static Object value(JsonNode value, Column column) {
        try {
            return switch (column.type()) {
                case NUMBER -> number(value);
                case TRUTH -> Boolean.parseBoolean(value.asText());
                case TEXT -> value.asText();
                case BYTES -> Base64.getDecoder().decode(value.asText());
                case TIME -> OffsetDateTime.parse(value.asText());
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time", e);
        }
    }

    private static long number(JsonNode value) {
        if (!value.canConvertToLong()) {
            throw new IllegalArgumentException("not a number");
        }
        return value.longValue();
    }

    /** Sets the numbers that the database generates to continue after the largest number in the table. */
    void continueNumbers(Handle handle) {
        List<String> numbered =
                handle.createQuery("""
                        select column_name from information_schema.columns
                         where table_schema = current_schema and table_name = :table and is_identity = 'YES'
                        """).bind("table", name).mapTo(String.class).list();
        for (String column : numbered) {
            long next = handle.createQuery("select coalesce(max(" + column + "), 0) + 1 from " + name)
                    .mapTo(Long.class)
                    .one();
            handle.execute("alter table " + name + " alter column " + column + " restart with " + next);
        }
    }
}
