package org.azekura.server.catalog;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.driver.CatalogUse;
import org.azekura.api.driver.DeviceUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets another store take over the server's catalog while no job is there. */
public record CatalogChange(HeldCatalog catalog) implements CatalogUse {

    private static final Logger log = LoggerFactory.getLogger(CatalogChange.class);
    private static final int NAMED = 5;

    @Override
    public DeviceUse.Pause pause(String why, Duration patience) throws BackupException {
        CatalogStore store = catalog.hold(why, patience);
        boolean held = false;
        try {
            Begun begun = new Begun(catalog, store, store == null ? null : contents(store));
            held = true;
            return begun;
        } finally {
            if (!held) {
                catalog.release();
            }
        }
    }

    /** Null if the store can't say: a change of it may be what mends that. */
    private static Contents contents(CatalogStore store) throws BackupException {
        try {
            requireNoJob(store.read(view -> view.jobs(true)));
            return store.read(Contents::of);
        } catch (BackupException e) {
            if (e.failure().code().equals("catalog.locked")) {
                throw e;
            }
            log.warn("the catalog can't be read before its store gives way: {}", e.getMessage());
            return null;
        }
    }

    /** The change itself may be one, and others wait for their turn behind it. */
    private static void requireNoJob(List<Job> unended) throws BackupException {
        List<String> jobs = unended.stream().filter(job -> job.kind() != Job.Kind.DRIVER)
                .map(job -> job.kind().word() + " " + job.id() + " (" + job.state().word() + ")").toList();
        if (!jobs.isEmpty()) {
            throw BackupException.operator("catalog.locked", "", "the catalog store gives way only while no job is there, and there " + (jobs.size() == 1 ? "is " : "are ")
                    + String.join(", ", jobs.subList(0, Math.min(NAMED, jobs.size()))) + (jobs.size() > NAMED ? " and " + (jobs.size() - NAMED) + " others" : "")
                    + "; wait for the end, or cancel with \"azekura job cancel\", and update again");
        }
    }

    /**
     * From here on nobody uses the catalog.
     *
     * @param before   null if there was none
     * @param expected null if nobody could say
     */
    private record Begun(HeldCatalog catalog, CatalogStore before, Contents expected) implements DeviceUse.Pause {

        @Override
        public void prove(Duration patience) throws BackupException {
            if (before != null && catalog.isThere(before)) {
                return; // it was a store that does not keep this catalog
            }
            CatalogStore now;
            try {
                now = catalog.awaitOther(before, patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unproven("interrupted while it came", e);
            }
            if (now == null) {
                throw unproven("it has not come within " + patience.toSeconds() + " s", null);
            }
            Contents found = rehearsed(now, patience);
            String difference = expected == null ? null : expected.difference(found);
            if (difference != null) {
                throw unproven("it finds another catalog than the one before; " + difference, null);
            }
        }

        /** On a thread of its own, which is left behind if it hangs. */
        private static Contents rehearsed(CatalogStore store, Duration patience) throws BackupException {
            FutureTask<Contents> rehearsal = new FutureTask<>(() -> store.rehearse(Contents::of));
            Thread thread = Thread.ofPlatform().daemon().name("catalog rehearsal").start(rehearsal);
            try {
                return rehearsal.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                thread.interrupt();
                throw unproven("it has not read the catalog within " + patience.toSeconds() + " s", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof BackupException known ? known : unproven("it threw " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
                throw unproven("interrupted while it read the catalog", e);
            }
        }

        private static BackupException unproven(String what, Throwable cause) {
            return BackupException.device("catalog.unproven", "", "the store can't have the catalog: " + what, cause);
        }

        @Override
        public void close() {
            catalog.release();
        }
    }
}
