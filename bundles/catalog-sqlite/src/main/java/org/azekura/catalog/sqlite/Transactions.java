package org.azekura.catalog.sqlite;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of one kind: a lane, and a connection for each of its threads, opened when first needed. */
final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Lane lane;
    private final String kind;
    private final Opening opening;
    /** Never more than the lane has threads. */
    private final Queue<Sql> idle = new ConcurrentLinkedQueue<>();

    Transactions(Lane lane, String kind, Opening opening) {
        this.lane = lane;
        this.kind = kind;
        this.opening = opening;
    }

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        Sql open() throws BackupException;
    }

    /** What to do within a transaction. */
    @FunctionalInterface
    interface Steps<T> {
        T run(Sql sql) throws BackupException;
    }

    <T> T run(Steps<T> steps) throws BackupException {
        return lane.run(() -> {
            Sql known = idle.poll();
            Sql sql = known != null ? known : opening.open();
            try {
                return sql.transaction(kind, () -> steps.run(sql));
            } finally {
                if (sql.usable()) {
                    idle.add(sql);
                } else {
                    close(sql);
                }
            }
        });
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
