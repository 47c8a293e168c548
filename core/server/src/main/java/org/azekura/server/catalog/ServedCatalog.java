package org.azekura.server.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.server.Catalog;

/**
 * The catalog as one run of the server has it: changed only while that leads, or carries out jobs of who leads. A run that has ended changes nothing any more, whoever of it goes on still, so
 * that the next one of the same process can stand for the lead anew. Safe for any number of threads.
 */
public final class ServedCatalog implements Catalog, AutoCloseable {

    private final CatalogStore catalog;
    private final Lead lead;
    private final boolean leads;
    private final boolean works;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private int changes;
    private boolean ended;

    /** @param leads whether this run does; else it stands by */
    public ServedCatalog(CatalogStore catalog, Lead lead, boolean leads) {
        this(catalog, lead, leads, false);
    }

    private ServedCatalog(CatalogStore catalog, Lead lead, boolean leads, boolean works) {
        this.catalog = catalog;
        this.lead = lead;
        this.leads = leads;
        this.works = works;
    }

    /** As one run has it that carries out jobs of another server, which leads. */
    public static ServedCatalog ofWork(CatalogStore catalog, Lead lead) {
        return new ServedCatalog(catalog, lead, false, true);
    }

    @Override
    public boolean leads() {
        return leads;
    }

    @Override
    public void requireLead() throws BackupException {
        if (!leads) {
            throw lead.standsBy();
        }
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return catalog.read(query);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        begin();
        try {
            return catalog.write(change);
        } finally {
            end();
        }
    }

    @Override
    public void exportTo(OutputStream out) throws BackupException, IOException {
        catalog.exportTo(out);
    }

    @Override
    public void requireAdmitting() throws BackupException {
        requireLead();
        catalog.requireAdmitting();
    }

    @Override
    public void admit(Path file, String name) throws BackupException {
        begin();
        try {
            catalog.admit(file, name);
        } finally {
            end();
        }
    }

    @Override
    public String place() {
        return catalog.place();
    }

    private void begin() throws BackupException {
        if (!works) {
            requireLead();
        }
        lock.lock();
        try {
            if (ended) {
                throw lead.standsBy();
            }
            changes++;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            changes--;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is changed from here on. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for changes that had begun before it was closed.
     *
     * @return false if one has not ended in this time
     */
    public boolean awaitQuiet(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (changes > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
            return changes == 0;
        } finally {
            lock.unlock();
        }
    }
}
