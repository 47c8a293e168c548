package org.azekura.server.job.client;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.ClientOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients how fast their running jobs may be: at the begin of each, and whenever an hour comes or somebody lays down something else. The hours
 * are those of the clock's zone: clients know of none. Thread-safe.
 */
public final class LimitDesk {

    private static final Logger log = LoggerFactory.getLogger(LimitDesk.class);
    /** Clocks are set and summer begins: so it is looked at from time to time. */
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration NONE = Duration.ofDays(1);

    private final CatalogStore catalog;
    private final Clock clock;
    private final Map<JobId, Running> running = new ConcurrentHashMap<>();
    /** Clients that may have a bound from an earlier job. */
    private final Set<ClientName> bound = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean watched;
    private boolean stale;

    public LimitDesk(CatalogStore catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Tells one client and waits until it knows. */
    @FunctionalInterface
    public interface Teller {
        void tell(ClientOrder.Limit limit) throws BackupException;
    }

    private record Running(JobId job, ClientName client, long ofJob, Teller teller, long[] told) {}

    /**
     * A job is about to be ordered from a client.
     *
     * @param client whose bytes count
     * @param ofJob  bytes a second, 0 without a limit of its own
     * @throws BackupException if the client could not be told: the job must not begin
     */
    public void begin(JobId job, ClientName client, long ofJob, Teller teller) throws BackupException {
        Running now = new Running(job, client, ofJob, teller, bound.contains(client) ? new long[] {-1, -1} : new long[] {0, 0});
        running.put(job, now);
        try {
            tell(now);
        } catch (BackupException e) {
            running.remove(job);
            throw e;
        }
        watch();
    }

    public void end(JobId job) {
        running.remove(job);
    }

    /** Has everybody told what has changed, soon. */
    public void review() {
        lock.lock();
        try {
            stale = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells everybody now whose limit is another one than he was told. @return when to look again */
    Duration tellAll() {
        Duration next = LONGEST;
        for (Running one : running.values()) {
            try {
                Duration until = tell(one);
                next = until.compareTo(next) < 0 ? until : next;
            } catch (BackupException e) {
                log.warn("job={} client={} could not be told how fast it may be: {}", one.job, one.client, e.getMessage());
            }
        }
        return next;
    }

    private Duration tell(Running one) throws BackupException {
        List<Bandwidth> limits = catalog.read(view -> view.terms(one.client)).limits();
        synchronized (one) {
            LocalTime now = LocalTime.now(clock);
            long ofClient = limits.stream().filter(limit -> limit.counts(now)).mapToLong(Bandwidth::perSecond).min().orElse(0);
            if (one.told[0] != one.ofJob || one.told[1] != ofClient) {
                bound.add(one.client);
                one.teller.tell(new ClientOrder.Limit(one.job, one.ofJob, ofClient));
                one.told[0] = one.ofJob;
                one.told[1] = ofClient;
                log.info("job={} client={} may move {} bytes/s, all its jobs {} (0: any)", one.job, one.client, one.ofJob, ofClient);
            }
            return limits.stream().map(limit -> limit.untilChange(now)).min(Duration::compareTo).orElse(NONE);
        }
    }

    /** There is a thread for it as long as there are jobs. */
    private void watch() {
        lock.lock();
        try {
            if (!watched) {
                watched = true;
                Thread.ofVirtual().name("server-limits").start(this::run);
            } else {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (goesOn()) {
            Duration next = tellAll();
            lock.lock();
            try {
                if (!stale) {
                    // a little behind the hour, so that it has come
                    changed.await(next.toMillis() + 10, TimeUnit.MILLISECONDS);
                }
                stale = false;
            } catch (InterruptedException e) {
                watched = false;
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            watched = !running.isEmpty();
            return watched;
        } finally {
            lock.unlock();
        }
    }
}
