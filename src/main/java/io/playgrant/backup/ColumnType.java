package io.playgrant.backup;

import java.sql.Types;

/** What a column holds. Databases call the same by different names. */
enum ColumnType {
    NUMBER,
    TRUTH,
    TEXT,
    BYTES,
    /** A point in time; there is no column of times without a zone. */
    TIME;

    /**
     * The type of a name in {@link Types}.
     *
     * @throws IllegalStateException if no backup can hold it
     */
    static ColumnType of(String column, int type) {
        return switch (type) {
            case Types.BIGINT, Types.INTEGER -> NUMBER;
            case Types.BOOLEAN, Types.BIT -> TRUTH;
            case Types.VARCHAR -> TEXT;
            case Types.VARBINARY, Types.BINARY -> BYTES;
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> TIME;
            default ->
                throw new IllegalStateException("a column of type " + type + ", which no backup can hold: " + column);
        };
    }
}
