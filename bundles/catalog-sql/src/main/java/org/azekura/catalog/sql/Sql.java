package org.azekura.catalog.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;

/**
 * One connection. Used by one thread at a time, and for rows only within {@link #transaction} and by its thread: a view that
 * somebody keeps is useless.
 */
public final class Sql implements AutoCloseable {

    /** What U+0000 is kept as. */
    public static final char NULL_PICTURE = '\u2400';

    private final Connection connection;
    private final CatalogFault fault;
    private final Ending ending;
    /** By text; the texts are constants of this bundle, a few dozen. Preparing anew would double the time of a small call. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Thread owner;
    private BackupException lost;
    private boolean usable = true;

    public Sql(Connection connection, CatalogFault fault) {
        this(connection, fault, Ending::plain);
    }

    public Sql(Connection connection, CatalogFault fault, Ending ending) {
        this.connection = connection;
        this.fault = fault;
        this.ending = ending;
    }

    /**
     * Does all of the work or, if it throws, nothing.
     *
     * @param begin the statements that begin it
     */
    public <T> T transaction(String begin, Lane.Work<T> work) throws BackupException {
        script(begin);
        return begun(work);
    }

    /** The same when the statements that begin it have been run. */
    <T> T begun(Lane.Work<T> work) throws BackupException {
        owner = Thread.currentThread();
        lost = null;
        try {
            T result = work.run();
            if (lost != null) {
                throw lost;
            }
            ending.commit(this);
            return result;
        } catch (Throwable e) {
            rollback(e);
            throw e;
        } finally {
            owner = null;
        }
    }

    /**
     * Does all of the work and takes it back: what it answers is how it would be.
     *
     * @param begin the statements that begin it
     */
    public <T> T undone(String begin, Lane.Work<T> work) throws BackupException {
        script(begin);
        owner = Thread.currentThread();
        lost = null;
        try {
            return work.run();
        } finally {
            owner = null;
            script("ROLLBACK");
        }
    }

    private void rollback(Throwable reason) {
        try {
            script("ROLLBACK");
        } catch (BackupException e) {
            // SQLite has rolled back by itself, or cannot: closing the connection does.
            usable = false;
            reason.addSuppressed(e);
        }
    }

    /** False if the state of this connection is unknown; it must be closed then. */
    public boolean usable() {
        try {
            return usable && !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Runs one statement or several. */
    public void script(String statements) throws BackupException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    public <T> List<T> list(String query, Row.Mapper<T> mapper, Object... arguments) throws BackupException {
        List<T> rows = new ArrayList<>();
        each(query, mapper, rows::add, arguments);
        return rows;
    }

    /** @param use must not run the same query */
    public <T> void each(String query, Row.Mapper<T> mapper, Consumer<? super T> use, Object... arguments) throws BackupException {
        some(query, mapper, row -> {
            use.accept(row);
            return true;
        }, arguments);
    }

    /** Takes rows as long as they are wanted. */
    @FunctionalInterface
    public interface Taking<T> {

        /** @return false to stop */
        boolean take(T row) throws BackupException;
    }

    /** @param use must not run the same query */
    public <T> void some(String query, Row.Mapper<T> mapper, Taking<? super T> use, Object... arguments) throws BackupException {
        check();
        try (ResultSet set = prepare(query, arguments).executeQuery()) {
            Row row = new Row(set);
            while (set.next()) {
                if (!use.take(map(query, mapper, row))) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw lose(e);
        }
    }

    private <T> T map(String query, Row.Mapper<T> mapper, Row row) throws BackupException, SQLException {
        try {
            return mapper.map(row);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw fault.badRow(query, e);
        }
    }

    /** The first row. */
    public <T> Optional<T> one(String query, Row.Mapper<T> mapper, Object... arguments) throws BackupException {
        return list(query + " LIMIT 1", mapper, arguments).stream().findFirst();
    }

    /** @return of how many rows; what goes with them is not counted */
    public int update(String change, Object... arguments) throws BackupException {
        check();
        try {
            return prepare(change, arguments).executeUpdate();
        } catch (SQLException e) {
            throw lose(e);
        }
    }

    /** What only the driver itself can. */
    @FunctionalInterface
    public interface Jdbc<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Within a transaction. */
    public <T> T jdbc(Jdbc<T> work) throws BackupException {
        check();
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw lose(e);
        }
    }

    /**
     * Some errors (a full disk) end the transaction behind our back: what came after one would be done at once and for good.
     * So nothing may, even if the change catches the error.
     */
    private BackupException lose(SQLException e) {
        lost = failure(e);
        return lost;
    }

    private BackupException failure(SQLException e) {
        usable &= fault.causes().apply(e) != CatalogFault.Cause.GONE;
        return fault.of(e);
    }

    private PreparedStatement prepare(String text, Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            prepared.put(text, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    /**
     * Names, instants and enum constants are kept as their text. U+0000, which PostgreSQL has no place for, becomes its picture in every store, where it is
     * written and where it is looked for.
     */
    private static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(place, null);
            case byte[] bytes -> statement.setBytes(place, bytes);
            case Number number -> statement.setLong(place, number.longValue());
            case Boolean flag -> statement.setInt(place, flag ? 1 : 0);
            default -> statement.setString(place, value.toString().replace('\0', NULL_PICTURE));
        }
    }

    private void check() throws BackupException {
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("the catalog's view is valid only within read or write, and in their thread");
        }
        if (lost != null) {
            throw lost;
        }
    }

    @Override
    public void close() throws BackupException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw fault.of(e);
        }
    }
}
