package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts every hour how much of each pool was read back; of a day its last count stays. On a thread of its own. */
public final class CoverageKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CoverageKeeper.class);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofHours(1);

    private final CatalogStore catalog;
    private final Supplier<Instant> now;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param now retention time */
    public CoverageKeeper(CatalogStore catalog, Supplier<Instant> now) {
        this.catalog = catalog;
        this.now = now;
    }

    /** Begins to count. */
    public void open() {
        Thread.ofVirtual().name("server-coverage").start(this::run);
    }

    private void run() {
        try {
            for (Duration pause = FIRST; !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS); pause = LOOK) {
                try {
                    count();
                } catch (BackupException | RuntimeException e) {
                    log.warn("how much was read back can't be counted now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once. Counting a pool of millions takes a second: not while others wait for the catalog to be written. */
    void count() throws BackupException {
        for (Pool pool : catalog.read(CatalogView::pools)) {
            Coverage counted = catalog.read(view -> view.coverageNow(pool.name(), now.get()));
            catalog.write(edit -> {
                if (edit.pool(pool.name()).isPresent()) {
                    edit.putCoverage(counted);
                }
                return null;
            });
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
