package org.azekura.server.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings segments here from the device, some at a time. */
final class Fetch {

    private static final Logger log = LoggerFactory.getLogger(Fetch.class);
    private static final int AT_ONCE = 4;

    private final SharedFiles home;

    Fetch(SharedFiles home) {
        this.home = home;
    }

    /**
     * Returns when all are here, or one can't be had.
     *
     * @param news with the size of each
     * @return whether all of them were there
     */
    boolean all(Map<Segment, Long> news) throws BackupException {
        boolean vanished = false;
        BackupException failure = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, news.size()), Thread.ofPlatform().daemon().name("azekura-trees-fetch-", 1).factory())) {
            List<Future<Boolean>> fetches = new ArrayList<>();
            news.forEach((segment, size) -> fetches.add(threads.submit(() -> one(segment, size))));
            for (Future<Boolean> each : fetches) {
                try {
                    vanished |= !each.get();
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof BackupException known ? known : BackupException.bug("fetching tree pages", e.getCause());
                    threads.shutdownNow();
                    break;
                } catch (InterruptedException e) {
                    threads.shutdownNow();
                    throw home.closed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        log.info("{} segments of tree pages have come from the shared store", news.size());
        return !vanished;
    }

    /** @return false if it is gone */
    private boolean one(Segment segment, long size) throws BackupException {
        Path part = home.folder.part(segment);
        try {
            FrameScan.Result scan = scanned(segment, size, part);
            synchronized (home) {
                home.requireOpen();
                home.gone(segment);
                home.folder.move(part, segment);
                home.take(segment, size, scan);
            }
            return true;
        } catch (BackupException e) {
            if (!e.failure().code().equals("blob.missing")) {
                throw e;
            }
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                log.warn("{} could not be deleted: {}", part, left.toString());
            }
            return false;
        } catch (IOException e) {
            throw TreeFolder.failed(part, e);
        }
    }

    /** What came damaged comes once more from its beginning; what is damaged then is so on the device, and its whole frames count. */
    private FrameScan.Result scanned(Segment segment, long size, Path part) throws BackupException, IOException {
        home.shelf.fetch(segment, size, part);
        FrameScan.Result scan = FrameScan.thorough(part);
        if (scan.isWhole(size)) {
            return scan;
        }
        log.warn("{} came damaged from the shared store, and is fetched anew", segment);
        Files.delete(part);
        home.shelf.fetch(segment, size, part);
        return FrameScan.thorough(part);
    }
}
