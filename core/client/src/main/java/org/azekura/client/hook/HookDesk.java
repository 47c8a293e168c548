package org.azekura.client.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.wire.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the jobs of this client get their hooks called, over all connections with the server. Safe for any number of threads. */
public final class HookDesk {

    static final Logger LOG = LoggerFactory.getLogger(HookDesk.class);
    private static final long LOOK_ns = 1_000_000_000;

    private final HookFolders folders;
    private final Duration time;
    private final OwedHooks owed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Jobs between their first hook and their last. */
    private final Set<JobId> open = new HashSet<>();
    private boolean settled;

    /**
     * @param folders where this client's owner puts hooks
     * @param time    that a hook may take; one that dumps may be silent for so long
     */
    public record Settings(List<Path> folders, Duration time) {

        public static final int DEFAULT_s = 600;

        /** A folder {@code hooks} in the home. */
        public static Settings of(Path home) {
            return new Settings(List.of(home.resolve("hooks")), Duration.ofSeconds(DEFAULT_s));
        }
    }

    /** @param state a folder of this desk's own */
    public HookDesk(Settings settings, Path state) throws IOException {
        folders = new HookFolders(settings.folders().stream().map(Path::toAbsolutePath).toList());
        time = settings.time();
        owed = new OwedHooks(state);
        Thread.ofPlatform().daemon().name("client calls hooks that are owed").start(this::settle);
    }

    /** A client that was killed sets right what it had a hook prepare. */
    private void settle() {
        try {
            for (OwedHooks.Owed left : owed.left()) {
                settle(left);
            }
        } catch (IOException e) {
            LOG.error("hooks that are owed cannot be looked up: {}", e.toString());
        } finally {
            lock.lock();
            try {
                settled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void settle(OwedHooks.Owed left) throws IOException {
        Map<String, String> environment = new TreeMap<>(left.environment());
        environment.put("AZEKURA_PHASE", "post");
        environment.put("AZEKURA_RESULT", "interrupted");
        LOG.warn("job={} this client ended before hook {} was called; it is called now", environment.get("AZEKURA_JOB"), left.post());
        try {
            Program.start(left.post(), folders.find(left.post()), environment, false, time).await(() -> { });
        } catch (BackupException e) {
            LOG.error("job={} {}", environment.get("AZEKURA_JOB"), e.getMessage());
        }
        Files.deleteIfExists(left.file());
    }

    /**
     * Calls the first hook; whatever becomes of the job, {@link HookedJob#close} calls the last. Hooks of an earlier attempt at the same job have ended
     * before.
     *
     * @param hooks all of them are looked for before any is called
     * @throws BackupException {@code hook.*}: nothing is to be read or written
     */
    public HookedJob begin(Hooks hooks, HookFacts facts, Breaker breaker, Tally tally, Conversation server) throws BackupException {
        HookedJob job = new HookedJob(hooks, facts, new HookedJob.Means(folders, time, owed, breaker, tally, server), () -> left(facts.job()));
        if (!hooks.none()) {
            enter(facts.job(), breaker, tally);
            job.begin();
        }
        return job;
    }

    private void enter(JobId job, Breaker breaker, Tally tally) throws BackupException {
        lock.lock();
        try {
            while (!settled || open.contains(job)) {
                tally.step();
                breaker.check();
                changed.awaitNanos(LOOK_ns);
            }
            open.add(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", job.toString(), "job " + job + " was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void left(JobId job) {
        lock.lock();
        try {
            open.remove(job);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
