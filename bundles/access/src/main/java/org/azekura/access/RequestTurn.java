package org.azekura.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after requests when one is due: on a thread of its own, which is woken when one is made or confirmed. Its lock is that of who carries out. */
final class RequestTurn {

    private static final Logger LOG = LoggerFactory.getLogger(RequestTurn.class);
    /** The retention time may have gone on by more than this thread has waited. */
    private static final long LONGEST_MS = 30_000;
    private static final long SHORTEST_MS = 100;

    private final Object bell = new Object();
    private boolean rung;

    /** Carries out what is due. */
    interface Pass {

        /** @return how long nothing is due, at least */
        Duration run() throws BackupException;
    }

    /** Has the thread look now. */
    void next() {
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    /** What is under way at the end is waited for: to interrupt it would leave it half done. */
    AutoCloseable serve(Pass pass) {
        AtomicBoolean ended = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().daemon().name("requests").start(() -> work(pass, ended));
        return () -> {
            ended.set(true);
            next();
            thread.join(Duration.ofMinutes(1));
        };
    }

    private void work(Pass pass, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                await(look(pass));
            }
        } catch (InterruptedException e) {
            LOG.warn("requests are carried out no more: interrupted");
        }
    }

    private static long look(Pass pass) {
        try {
            return Math.clamp(pass.run().toMillis(), SHORTEST_MS, LONGEST_MS);
        } catch (BackupException | RuntimeException e) {
            LOG.warn("requests are not carried out just now: {}", e.getMessage());
            return LONGEST_MS;
        }
    }

    private void await(long ms) throws InterruptedException {
        synchronized (bell) {
            if (!rung) {
                bell.wait(ms);
            }
            rung = false;
        }
    }
}
