package io.playgrant.backup;

import java.sql.Types;

/** The type of a column. Databases have different names for the same type. */
enum ColumnType {
    NUMBER,
    TRUTH,
    TEXT,
    BYTES,
    /** A point in time. No column has times without a zone. */
    TIME;

    /**
     * The type for one of {@link Types}.
     *
     * @throws IllegalStateException if backups do not support the type
     */
    static ColumnType of(String column, int type) {
        return switch (type) {
            case Types.BIGINT, Types.INTEGER -> NUMBER;
            case Types.BOOLEAN, Types.BIT -> TRUTH;
            case Types.VARCHAR -> TEXT;
            case Types.VARBINARY, Types.BINARY -> BYTES;
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> TIME;
            default ->
                throw new IllegalStateException(
                        "a column of type " + type + ", which backups do not support: " + column);
        };
    }
}
