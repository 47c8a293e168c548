package org.azekura.catalog.sql;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;

/** The row that a query stands at. Columns count from 1. */
public record Row(ResultSet set) {

    /** Makes a value of a row; bad columns may throw {@link IllegalArgumentException}. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    public String text(int column) throws SQLException {
        return set.getString(column);
    }

    /** Null if the column is. */
    public <T> T text(int column, Function<String, T> make) throws SQLException {
        String text = set.getString(column);
        return text == null ? null : make.apply(text);
    }

    public Instant instant(int column) throws SQLException {
        return text(column, Instant::parse);
    }

    public <E extends Enum<E>> E word(int column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, set.getString(column));
    }

    public long number(int column) throws SQLException {
        return set.getLong(column);
    }

    public int count(int column) throws SQLException {
        return Math.toIntExact(set.getLong(column));
    }

    public boolean flag(int column) throws SQLException {
        return set.getLong(column) != 0;
    }

    public byte[] bytes(int column) throws SQLException {
        byte[] bytes = set.getBytes(column);
        // The driver gives an empty blob as null.
        return bytes == null && set.getObject(column) != null ? new byte[0] : bytes;
    }

    /** Null if the column is. */
    public <T> T id(int column, Function<ByteBuffer, T> read) throws SQLException {
        byte[] bytes = set.getBytes(column);
        return bytes == null ? null : read.apply(ByteBuffer.wrap(bytes));
    }

    /** As the database has it: null, a number, a text or bytes. */
    public Object value(int column) throws SQLException {
        return set.getObject(column);
    }

    public boolean absent(int column) throws SQLException {
        return set.getObject(column) == null;
    }
}
