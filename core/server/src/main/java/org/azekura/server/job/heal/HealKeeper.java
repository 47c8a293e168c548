package org.azekura.server.job.heal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.restore.OrderedHeals;
import org.azekura.server.job.run.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders that pools are healed of which packs were missing when they were opened, if there is a copy to heal them from: once for each opening. On a thread of its own, for who opens a pool waits
 * for no job, and may be one.
 */
public final class HealKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final Stage stage;
    private final Consumer<List<Job>> begin;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param begin has jobs begin that the catalog has */
    public HealKeeper(Stage stage, Consumer<List<Job>> begin) {
        this(stage, begin, LOOK);
    }

    HealKeeper(Stage stage, Consumer<List<Job>> begin, Duration pause) {
        this.stage = stage;
        this.begin = begin;
        this.pause = pause;
    }

    /** Begins to look. */
    public void open() {
        Thread.ofVirtual().name("server-heal").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (BackupException | RuntimeException e) {
                    log.warn("which pools are to be healed can't be looked up now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look. */
    public void round() throws BackupException {
        for (Map.Entry<PoolName, String> due : stage.catalog().read(LostPacks::due).entrySet()) {
            PoolName name = due.getKey();
            try {
                Pool pool = stage.catalog().read(view -> view.pool(name)).orElse(null);
                if (pool == null || stage.catalog().read(view -> HealSources.of(view, pool)).isEmpty() || order(pool)) {
                    LostPacks.done(stage.catalog(), name, due.getValue());
                }
            } catch (BackupException e) {
                log.info("pool={} is healed later: {}", name, e.getMessage());
            }
        }
    }

    /** @return false if its storage node is away: when that is back it is opened again */
    private boolean order(Pool pool) throws BackupException {
        if (!stage.hosts().isConnected(pool.node())) {
            return false;
        }
        List<PackId> missing = stage.pools().missing(pool, stage.hosts().node(pool.node()));
        List<Job> heals = stage.catalog().write(edit -> OrderedHeals.put(edit, pool.name(), missing));
        heals.forEach(job -> log.info("job={} heals pool={}: {} packs were gone when it was opened", job.id(), pool.name(), missing.size()));
        begin.accept(heals);
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
