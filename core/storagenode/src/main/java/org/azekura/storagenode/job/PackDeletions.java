package org.azekura.storagenode.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes packs of a pool. On tape, where each deletion that waits alone stops the drive, they wait together. */
final class PackDeletions {

    /** So many wait at once. */
    private static final int BATCH = 256;

    private static final Logger LOG = LoggerFactory.getLogger(PackDeletions.class);

    private final Pool pool;

    PackDeletions(Pool pool) {
        this.pool = pool;
    }

    /**
     * All of these. What can't be deleted does not keep the others.
     *
     * @throws BackupException why one could not be: it is found when the pool is opened again, and goes with the next prune
     */
    void run(List<PackId> packs) throws BackupException {
        boolean together = pool.recall().isPresent();
        BackupException problem = null;
        for (int from = 0; from < packs.size(); from += together ? BATCH : 1) {
            List<PackId> batch = packs.subList(from, Math.min(packs.size(), from + (together ? BATCH : 1)));
            try {
                pool.device().call("delete " + (batch.size() == 1 ? "pack " + batch.getFirst() : batch.size() + " packs"), Pool.READ, store -> {
                    delete(store, batch);
                    return null;
                });
            } catch (BackupException e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private void delete(BlobStore store, List<PackId> batch) throws BackupException {
        if (batch.size() == 1) {
            delete(store, batch.getFirst());
            return;
        }
        BackupException problem = null;
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (PackId pack : batch) {
                all.add(waiting.submit(() -> {
                    delete(store, pack);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                problem = ended(one, problem);
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private static BackupException ended(Future<?> one, BackupException before) throws BackupException {
        try {
            one.get();
            return before;
        } catch (ExecutionException e) {
            return e.getCause() instanceof BackupException problem ? problem : BackupException.bug("a pack could not be deleted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", "", "interrupted while packs are deleted", e);
        }
    }

    /** One that is locked, and of which the catalog did not know it, is left: it is found when the pool is opened again, and goes when its time has come. */
    private void delete(BlobStore store, PackId pack) throws BackupException {
        try {
            store.delete(VolumeKeys.pack(pack));
        } catch (BackupException e) {
            if (!e.failure().code().equals("blob.locked")) {
                throw e;
            }
            LOG.info("pool {}: pack {} stays: {}", pool.name(), pack, e.getMessage());
            return;
        }
        pool.marks().dropped(store, pack);
    }
}
