package org.azekura.catalog.sql;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of one kind: a lane, and a connection for each of its threads, opened when first needed. */
public final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Lane lane;
    private final String begin;
    private final Opening opening;
    /** Never more than the lane has threads. */
    private final Queue<Sql> idle = new ConcurrentLinkedQueue<>();

    public Transactions(Lane lane, String begin, Opening opening) {
        this.lane = lane;
        this.begin = begin;
        this.opening = opening;
    }

    /** Opens a connection. */
    @FunctionalInterface
    public interface Opening {
        Sql open() throws BackupException;
    }

    /** What to do within a transaction. */
    @FunctionalInterface
    public interface Steps<T> {
        T run(Sql sql) throws BackupException;
    }

    public <T> T run(Steps<T> steps) throws BackupException {
        return lane.run(() -> {
            Sql sql = begun();
            try {
                return sql.begun(() -> steps.run(sql));
            } finally {
                giveBack(sql);
            }
        });
    }

    /** A connection may have died while nobody used it, with the server it led to: nothing was done on it yet, so the next one serves as well. */
    private Sql begun() throws BackupException {
        while (true) {
            Sql known = idle.poll();
            Sql sql = known != null ? known : opening.open();
            try {
                sql.script(begin);
                return sql;
            } catch (BackupException e) {
                boolean died = !sql.usable();
                giveBack(sql);
                if (known == null || !died) {
                    throw e;
                }
            }
        }
    }

    private void giveBack(Sql sql) {
        if (sql.usable()) {
            idle.add(sql);
        } else {
            close(sql);
        }
    }

    boolean isCurrent() {
        return lane.isCurrent();
    }

    @Override
    public void close() {
        lane.close();
        for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
            close(sql);
        }
    }

    private static void close(Sql sql) {
        try {
            sql.close();
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
