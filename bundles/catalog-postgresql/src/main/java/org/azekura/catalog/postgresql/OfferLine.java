package org.azekura.catalog.postgresql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection by which offers are seen to, dialled when it is needed. One caller at a time has it, for as long as the database may take; whoever closes it waits for that one alone. */
final class OfferLine implements AutoCloseable {

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final Logger LOG = LoggerFactory.getLogger(OfferLine.class);

    private final PostgresDatabase database;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; null if it is to be dialled. */
    private Sql sql;
    private final CountDownLatch closed = new CountDownLatch(1);

    OfferLine(PostgresDatabase database) {
        this.database = database;
    }

    @FunctionalInterface
    interface Steps<T> {
        T run(Sql sql) throws BackupException;
    }

    /** A connection that has died while nobody used it shows that by its first statement, and nothing was done on it. */
    <T> T run(Steps<T> steps) throws BackupException {
        requireOpen();
        lock.lock();
        try {
            requireOpen();
            if (sql != null && !isAlive(sql)) {
                hangUp();
            }
            if (sql == null) {
                requireOpen();
                sql = database.lifeline();
            }
            Sql now = sql;
            try {
                return now.transaction(BEGIN, () -> steps.run(now));
            } finally {
                if (!now.usable()) {
                    hangUp();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    void requireOpen() throws BackupException {
        if (isClosed()) {
            throw database.fault().failure("closed", Failure.Kind.DEVICE, true, "it is closed", null);
        }
    }

    /** Waits for so long, or until it is closed. */
    void pause(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAlive(Sql known) {
        try {
            known.script(BEGIN);
            return true;
        } catch (BackupException e) {
            LOG.debug("{}", e.getMessage());
            return false;
        }
    }

    private void hangUp() {
        Sql gone = sql;
        sql = null;
        if (gone != null) {
            try {
                gone.close();
            } catch (BackupException e) {
                LOG.debug("{}", e.getMessage());
            }
        }
    }

    /** Nothing goes over it any more: from now on, before it is waited for whoever has it. */
    void end() {
        closed.countDown();
    }

    @Override
    public void close() {
        end();
        lock.lock();
        try {
            hangUp();
        } finally {
            lock.unlock();
        }
    }
}
