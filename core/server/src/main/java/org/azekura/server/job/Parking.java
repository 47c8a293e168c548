package org.azekura.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.Cartridges;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.run.Verdict;
import org.azekura.server.media.MediaDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one job waits for what it needs and that is not there: room on its volume, a cartridge, its client, its storage node. What it made
 * durable stays, so it goes on without doing that twice. A job that is parked again at once waits longer each time.
 */
final class Parking {

    /** So often a job is begun without that it comes to an end, or only to a wait for something that is away. */
    static final int MAX_ATTEMPTS = 8;

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final long FIRST_LOOK_ms = 1_000;
    private static final long LAST_LOOK_ms = 60_000;
    private static final Duration CLOCK_LOOK = Duration.ofMinutes(15);
    private static final Duration CLIENT_LOOK = Duration.ofSeconds(2);
    /** What does not come back within a day has its job ordered anew by whoever brings it back. */
    private static final Duration AWAY = Duration.ofDays(1);
    /** What comes and goes on a file system anyway is no reason to begin again. */
    private static final long ENOUGH = 1 << 20;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Stage stage;
    private long look_ms = FIRST_LOOK_ms;

    Parking(Stage stage) {
        this.stage = stage;
    }

    /** Whether a job of this order can be done later without anybody ordering it again. A stream comes only once. */
    static boolean canGoOn(JobOrder order) {
        return switch (order) {
            case JobOrder.Backup backup -> backup.stream() == null;
            case JobOrder.Restore restore -> true;
            case JobOrder.Drill drill -> true;
            case JobOrder.Mount mount -> false;
            case JobOrder.Download download -> false;
            case JobOrder.Copy copy -> true;
            case JobOrder.Verify verify -> false;
            case JobOrder.Heal heal -> true;
            case JobOrder.Lock lock -> true;
            case JobOrder.Prune prune -> false;
            case JobOrder.Expire expire -> true;
            case JobOrder.Rebuild rebuild -> false;
            case JobOrder.Driver driver -> false;
            case JobOrder.OfLibrary library -> false;
        };
    }

    static boolean canGoOn(Checked checked) {
        return switch (checked) {
            case Checked.Backup backup -> canGoOn(backup.order());
            case Checked.Restore restore -> canGoOn(restore.order());
            case Checked.Drill drill -> canGoOn(drill.order());
            case Checked.Mount mount -> false;
            case Checked.Download download -> false;
            case Checked.Copy copy -> canGoOn(copy.order());
            case Checked.Verify verify -> canGoOn(verify.order());
            case Checked.Heal heal -> canGoOn(heal.order());
            case Checked.Lock lock -> canGoOn(lock.order());
            case Checked.Prune prune -> canGoOn(prune.order());
            case Checked.Expire expire -> canGoOn(expire.order());
            case Checked.Rebuild rebuild -> canGoOn(rebuild.order());
            case Checked.Driver driver -> false;
            case Checked.OfLibrary library -> false;
        };
    }

    /** For people: why a job that was cut off does not go on by itself. */
    static String whyNot(Job.Kind kind) {
        return kind == Job.Kind.BACKUP ? "a stream comes only once; begin the command again"
                : kind == Job.Kind.DRIVER ? "its package is not kept; order the change again"
                : "a " + kind.word() + " does not go on where it was cut off; run it again";
    }

    static Verdict verdict(Checked checked, BackupException why) {
        if (checked instanceof Checked.Driver) {
            // a server that stops is asked again at its next start, by then only what became of it
            return why.failure().code().equals(Obstacle.STOPPING) ? Verdict.WAITS : Verdict.ENDS;
        }
        return canGoOn(checked) ? Verdict.of(why) : Verdict.ENDS;
    }

    static BackupException tooOften(JobId job, String last) {
        return BackupException.operator("job.attempts", job.toString(), "the job was begun " + MAX_ATTEMPTS + " times and never came to its end; last: "
                + last + "; when that is mended: azekura job resume " + job);
    }

    /**
     * Returns when what was missing is there.
     *
     * @throws BackupException {@code why}, if it does not come back
     */
    void await(Checked checked, BackupException why) throws InterruptedException, BackupException {
        switch (why.failure().code()) {
            case Obstacle.FULL -> awaitRoom(checked);
            case MediaDesk.NONE -> awaitCartridge(checked);
            case Obstacle.MISSING -> {
                awaitMedium(checked, why);
                awaitHosts(checked, why);
            }
            case Obstacle.ARCHIVED -> {
                awaitMoment(Instant.parse(why.failure().subject()));
                awaitHosts(checked, why);
            }
            case Obstacle.CLIENT_LEFT, Obstacle.BATTERY, Obstacle.BUDGET -> awaitHosts(checked, why);
            default -> {
                pause();
                awaitHosts(checked, why);
            }
        }
    }

    /** Returns at that moment, by the server's clock; which may be set meanwhile, so it is looked at from time to time. */
    private void awaitMoment(Instant moment) throws InterruptedException {
        for (Duration left = left(moment); left.isPositive(); left = left(moment)) {
            Thread.sleep(left.compareTo(CLOCK_LOOK) > 0 ? CLOCK_LOOK : left);
        }
    }

    private Duration left(Instant moment) {
        return Duration.between(stage.clock().instant(), moment);
    }

    /** Returns when there is a cartridge that its pool may have, or that which it wrote last is back, or another pool of the group has room. */
    private void awaitCartridge(Checked checked) throws InterruptedException {
        do {
            pause();
        } while (!isTakenElsewhere(checked) && !asked(filled(checked), (pool, node) -> stage.pools().media().fits(pool, node,
                Cartridges.wrong(node, pool.name()))));
    }

    /** Returns when a cartridge is in its library that the failure names; at once, after a pause, if it names none. */
    private void awaitMedium(Checked checked, BackupException why) throws InterruptedException, BackupException {
        List<PoolName> pools = named(checked, why);
        do {
            pause();
        } while (pools.stream().noneMatch(name -> asked(name, (pool, node) -> stage.pools().media().isThere(pool, node, why.failure(), Cartridges.wrong(node, pool.name())))));
    }

    /** The pools of which the failure names a cartridge; that of the job, if it names none. */
    private List<PoolName> named(Checked checked, BackupException why) throws BackupException {
        SnapshotPlaces places = places(checked);
        if (places == null) {
            return List.of(checked.pool());
        }
        List<PoolName> pools = new ArrayList<>();
        for (Pool place : places.all()) {
            PoolName within = places.within(place);
            if (stage.pools().media().isNamed(within, why.failure())) {
                pools.add(within);
            }
        }
        return pools.isEmpty() ? List.of(checked.pool()) : pools;
    }

    /** Of what is read as a restore does; null if nothing is. */
    private SnapshotPlaces places(Checked checked) {
        return switch (checked) {
            case Checked.Restore restore -> new SnapshotPlaces(stage, restore.snapshot(), restore.order().fromCopy());
            case Checked.Drill drill -> new SnapshotPlaces(stage, drill.snapshot(), drill.order().fromCopy());
            case Checked.Backup _, Checked.Mount _, Checked.Download _, Checked.Copy _, Checked.Verify _, Checked.Heal _, Checked.Lock _, Checked.Prune _, Checked.Expire _, Checked.Rebuild _,
                    Checked.Driver _, Checked.OfLibrary _ -> null;
        };
    }

    /** The open set of the pool that it writes into, if it does not read; else what it reads. */
    private PoolName filled(Checked checked) {
        boolean fills = checked instanceof Checked.Backup || checked instanceof Checked.Copy;
        return fills ? open(checked.fills()) : checked.fills();
    }

    /** What must be there of what it reads: of all sets of a pool the open one, for closed ones may lie in a vault. */
    private PoolName read(Checked checked) {
        return checked instanceof Checked.Copy copy && copy.snapshot() == null ? open(checked.pool()) : checked.pool();
    }

    private PoolName open(PoolName pool) {
        try {
            return stage.pools().sets().open(stage.pools().get(pool)).name();
        } catch (BackupException e) {
            log.debug("pool={} nobody can say which of its sets is open: {}", pool, e.getMessage());
            return pool;
        }
    }

    private interface Question {
        boolean ask(Pool pool, ConnectedNode node) throws BackupException;
    }

    private boolean asked(PoolName name, Question question) {
        try {
            Pool pool = stage.pools().get(name);
            return question.ask(pool, stage.hosts().node(pool.node()));
        } catch (BackupException e) {
            log.debug("pool={} nobody can say which cartridges are there: {}", name, e.getMessage());
            return false;
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(look_ms);
        look_ms = Math.min(2 * look_ms, LAST_LOOK_ms);
    }

    private void awaitHosts(Checked checked, BackupException why) throws InterruptedException, BackupException {
        long end = System.nanoTime() + AWAY.toNanos();
        while (true) {
            boolean there = checked.worker() == null || stage.hosts().awaitClient(checked.worker(), CLIENT_LOOK);
            if (there && isServed(checked)) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw why;
            }
            if (there) {
                pause();
            }
        }
    }

    private boolean isServed(Checked checked) {
        SnapshotPlaces places = places(checked);
        if (places != null) {
            try {
                places.requireAny();
                return true;
            } catch (BackupException e) {
                log.debug("snapshot={} can't be read: {}", places.snapshot().id(), e.getMessage());
                return false;
            }
        }
        if (checked instanceof Checked.Expire) {
            return true; // it leaves alone what is away
        }
        if (checked instanceof Checked.Backup backup) {
            try {
                return isServed(backup.into().choose(null).pool().name());
            } catch (BackupException e) {
                log.debug("pool={} is not served: {}", checked.pool(), e.getMessage());
                return false;
            }
        }
        return isServed(read(checked)) && (checked.fills().equals(checked.pool()) || isServed(filled(checked)));
    }

    private boolean isServed(PoolName name) {
        try {
            Pool pool = stage.pools().get(name);
            LostPacks alarm = new LostPacks(stage);
            stage.pools().require(pool, alarm);
            // where all of it is gone its node can't tell of any room
            stage.pools().look(pool, stage.hosts().node(pool.node()), alarm);
            return room(name) != 0;
        } catch (BackupException e) {
            log.debug("pool={} is not served: {}", name, e.getMessage());
            return false;
        }
    }

    /** Returns when there is more room than now, or another pool of the group has room. A node that is away is waited for, too. */
    private void awaitRoom(Checked checked) throws InterruptedException {
        long full = room(filled(checked));
        long now;
        do {
            if (isTakenElsewhere(checked)) {
                return;
            }
            pause();
            now = room(filled(checked));
        } while (now < full + ENOUGH && now != UNBOUNDED);
    }

    private static boolean isTakenElsewhere(Checked checked) {
        try {
            return checked instanceof Checked.Backup backup && backup.into().choose(null).detour() != null;
        } catch (BackupException e) {
            log.debug("pool={} and its group have no room: {}", checked.pool(), e.getMessage());
            return false;
        }
    }

    /** 0 if it can't be told. */
    private long room(PoolName name) {
        try {
            Pool pool = stage.pools().get(name);
            long free = stage.hosts().node(pool.node()).ask(new PoolOrder.MeasureRoom(name), PoolAnswer.Room.class, Orders.PROMPT).free();
            return free < 0 ? UNBOUNDED : Math.max(1, free);
        } catch (BackupException e) {
            log.info("pool={} can't be measured: {}", name, e.getMessage());
            return 0;
        }
    }
}
