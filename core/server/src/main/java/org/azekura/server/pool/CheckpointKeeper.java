package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Appliance;
import org.azekura.server.host.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The appliance's own backup: has each pool's medium say what people have laid down, also where nothing is saved into it. Looks every minute, and writes one pool after the other. On a
 * thread of its own; the rest is for any number of threads.
 */
public final class CheckpointKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CheckpointKeeper.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration DEVICES = Duration.ofMinutes(10);

    private final CatalogStore catalog;
    private final Ground ground;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<PoolName, Differing> differing = new ConcurrentHashMap<>();
    private final Map<PoolName, Failure> failures = new ConcurrentHashMap<>();

    private Instant looked = Instant.EPOCH;

    /** What it writes to. */
    interface Ground {

        /** All that have a medium: the open set of each pool, and the copies of others in it. */
        List<Pool> media() throws BackupException;

        /** Where the media of these are, and whether jobs are at work; asked for once a round. */
        Reached reached(List<Pool> pools) throws BackupException;

        /** Looks how devices are set, which only their nodes know. */
        void lookAtDevices() throws BackupException;

        /** As {@link RevivedAudit#bring}: its key may have come. */
        void bringAuditBack() throws BackupException;

        /** As {@link PoolCheckpoint#writeAnyway}. */
        Optional<String> write(Pool pool);
    }

    /** @param reach by pool; one that is not in it is away */
    record Reached(Map<PoolName, CheckpointTurn.Reach> reach, boolean idle) {}

    /** @param edition of what the medium does not say, since when */
    private record Differing(long edition, Instant since) {}

    private record Failure(Instant at, String why) {}

    CheckpointKeeper(CatalogStore catalog, Ground ground, InstantSource clock) {
        this.catalog = catalog;
        this.ground = ground;
        this.clock = clock;
    }

    /** Begins to look. */
    public void open() {
        Thread.ofVirtual().name("server-checkpoints").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (BackupException | RuntimeException e) {
                    log.warn("whether configuration is on all media can't be looked up now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look; writes what is due. */
    void round() throws BackupException {
        turn.lock();
        try {
            count();
            Instant now = clock.instant();
            List<Pool> pools = ground.media();
            Map<Pool, CheckpointTurn> turns = turns(pools, now);
            if (turns.values().stream().anyMatch(each -> each.isDue(now))) {
                for (Map.Entry<Pool, CheckpointTurn> each : turns(pools, ground.reached(pools), now).entrySet()) {
                    if (closed.getCount() > 0 && each.getValue().isDue(now)) {
                        write(each.getKey());
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private void count() throws BackupException {
        catalog.read(view -> {
            PoolRevival.requireNone(view);
            return null;
        });
        try {
            ground.bringAuditBack();
        } catch (BackupException e) {
            log.warn("the audit log can't be brought back from media now: {}", e.getMessage());
        }
        Instant now = clock.instant();
        if (!looked.plus(DEVICES).isAfter(now)) {
            lookAtDevices();
            looked = now;
        }
        if (catalog.read(Uncounted::isOther)) {
            catalog.write(edit -> {
                Uncounted.count(edit);
                return null;
            });
        }
    }

    private void lookAtDevices() {
        try {
            ground.lookAtDevices();
        } catch (BackupException e) {
            log.info("how devices are set can't be asked now: {}", e.getMessage());
        }
    }

    private void write(Pool pool) {
        Optional<String> why = ground.write(pool);
        if (why.isPresent()) {
            failures.put(pool.name(), new Failure(clock.instant(), why.get()));
        } else {
            failures.remove(pool.name());
        }
    }

    /** As if all were easy to reach: where nothing is due then, nobody need be asked where anything is. */
    private Map<Pool, CheckpointTurn> turns(List<Pool> pools, Instant now) throws BackupException {
        Map<PoolName, CheckpointTurn.Reach> easy = new HashMap<>();
        pools.forEach(pool -> easy.put(pool.name(), CheckpointTurn.Reach.AT_ONCE));
        return turns(pools, new Reached(easy, true), now);
    }

    private Map<Pool, CheckpointTurn> turns(List<Pool> pools, Reached reached, Instant now) throws BackupException {
        return catalog.read(view -> {
            Map<Pool, CheckpointTurn> turns = new LinkedHashMap<>();
            for (Pool pool : pools) {
                turns.put(pool, turn(view, pool.name(), reached, now));
            }
            return turns;
        });
    }

    private CheckpointTurn turn(CatalogView view, PoolName pool, Reached reached, Instant now) throws BackupException {
        Said would = Said.of(view, pool);
        Said last = PoolCheckpoint.said(view, pool);
        boolean differs = last == null ? !would.isNothing() : last.isFarFrom(would);
        Differing known = differing.get(pool);
        if (!differs) {
            differing.remove(pool);
        } else if (known == null || known.edition != would.edition()) {
            differing.put(pool, new Differing(would.edition(), now));
        }
        LastCheckpoint noted = LastCheckpoint.noted(view, pool).orElse(null);
        boolean goesOn = !would.isNothing() && (!would.equals(last) || noted == null || !noted.saysSame(LastCheckpoint.of(view, now)))
                || WrittenAudit.isBehind(view, pool);
        Failure failure = failures.get(pool);
        return new CheckpointTurn(differs ? differing.get(pool).since : null, goesOn, noted == null ? null : noted.written(), failure == null ? null : failure.at,
                reached.reach.getOrDefault(pool, CheckpointTurn.Reach.AWAY), reached.idle);
    }

    /** Writes to all media that are there and do not say everything. */
    public void all() throws BackupException {
        turn.lock();
        try {
            looked = Instant.EPOCH;
            count();
            List<Pool> pools = ground.media();
            Reached reached = ground.reached(pools);
            for (Map.Entry<Pool, CheckpointTurn> each : turns(pools, reached, clock.instant()).entrySet()) {
                if (each.getValue().reach() == CheckpointTurn.Reach.AWAY) {
                    failures.put(each.getKey().name(), new Failure(Instant.MIN, "its medium is not there"));
                } else if (each.getValue().differs() != null || each.getValue().goesOn()) {
                    write(each.getKey());
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** How far each medium says what was laid down. */
    public List<Appliance.Saved> saved() throws BackupException {
        List<Pool> pools = ground.media();
        return catalog.read(view -> {
            long edition = Edition.of(view);
            boolean counted = !Uncounted.isOther(view);
            List<Appliance.Saved> rows = new ArrayList<>();
            for (Pool pool : pools) {
                Said last = PoolCheckpoint.said(view, pool.name());
                Failure failure = failures.get(pool.name());
                boolean current = counted && (last == null ? Said.of(view, pool.name()).isNothing() : last.edition() == edition);
                rows.add(new Appliance.Saved(pool.name(), pool.node(), LastCheckpoint.noted(view, pool.name()).map(LastCheckpoint::written).orElse(null), current,
                        failure == null || current ? "" : failure.why));
            }
            return rows;
        });
    }

    /** Media that have not been written for long, and what a rebuild has left. */
    public List<Alert> alerts() throws BackupException {
        Instant now = clock.instant();
        List<Alert> alerts = new ArrayList<>();
        for (Map.Entry<Pool, CheckpointTurn> each : turns(ground.media(), now).entrySet()) {
            if (each.getValue().isOld(now)) {
                PoolName pool = each.getKey().name();
                alerts.add(Alert.of("checkpoint.old", Severity.WARNING, Subject.of("pool", pool), Map.of("pool", pool.value()), "configuration that was changed is not on the media of pool "
                        + pool + " for a week: bring a cartridge of it, or run \"azekura catalog backup --now\""));
            }
        }
        int left = catalog.read(Leftovers::open).size();
        if (left > 0) {
            alerts.add(Alert.of("rebuild.left", Severity.WARNING, Subject.APPLIANCE, Map.of("left", Integer.toString(left)), left
                    + (left == 1 ? " thing that the rebuild brought back is" : " things that the rebuild brought back are") + " not in force; \"azekura catalog backup\" names "
                    + (left == 1 ? "it" : "them")));
        }
        catalog.read(view -> view.setting("catalog.refused")).ifPresent(why -> alerts.add(Alert.of("catalog.refused", Severity.ERROR, Subject.APPLIANCE, Map.of("why", why),
                "a catalog that was to be taken in was refused, and this one stays: " + why + "; it lies beside this one as import.refused; \"azekura catalog backup --forget\" ends this")));
        return alerts;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
