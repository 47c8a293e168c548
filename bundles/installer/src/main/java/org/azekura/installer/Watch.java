package org.azekura.installer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does on a daemon thread of its own what may hang in a driver's code. What does not end in time is interrupted; if that does not help, the thread is
 * left alone and counted as stuck until it ends. Thread-safe.
 */
final class Watch {

    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final List<Stuck> stuck = new CopyOnWriteArrayList<>();

    /** Something that may hang. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private record Stuck(String driver, Thread thread) {}

    /** One step on its thread. */
    private final class Attempt implements Runnable {

        private final String what;
        private final Step step;
        private final Runnable late;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Throwable failure;
        private boolean ended;
        private boolean givenUp;

        Attempt(String what, Step step, Runnable late) {
            this.what = what;
            this.step = step;
            this.late = late;
        }

        @Override
        public void run() {
            try {
                step.run();
            } catch (Throwable e) { // a driver may throw anything, and nothing of it may be lost
                failure = e;
            }
            boolean nobodyWaits;
            synchronized (this) {
                ended = true;
                nobodyWaits = givenUp;
            }
            done.countDown();
            if (nobodyWaits) {
                stuck.removeIf(known -> known.thread == Thread.currentThread());
                LOG.info("{} ended after all", what);
                late.run();
            }
        }

        /** Whether it has not ended; then it will be late. */
        synchronized boolean giveUp() {
            givenUp = !ended;
            return givenUp;
        }
    }

    /**
     * @param driver whose code it is
     * @param what   like {@code driver disk 1.4.0 starts}; the thread's name
     * @param late   what is done on that thread if it ends after all
     * @throws BackupException {@code driver.hung}; {@code driver.failed} if it throws
     */
    void run(String driver, String what, Duration patience, Step step, Runnable late) throws BackupException {
        Attempt attempt = new Attempt(what, step, late);
        Thread thread = Thread.ofPlatform().daemon().name(what).inheritInheritableThreadLocals(false).unstarted(attempt);
        thread.setContextClassLoader(null);
        thread.start();
        if (!await(attempt, patience)) {
            String where = where(thread);
            thread.interrupt();
            if (!await(attempt, AFTER_INTERRUPT) && attempt.giveUp()) {
                stuck.add(new Stuck(driver, thread));
            }
            throw BackupException.device("driver.hung", driver, what + ", and had not ended after " + patience.toMillis() / 1000.0 + " s; it was " + where, null);
        }
        if (attempt.failure instanceof BackupException e) {
            throw e;
        }
        if (attempt.failure != null) {
            throw BackupException.device("driver.failed", driver, what + ": " + cause(attempt.failure), attempt.failure);
        }
    }

    private static boolean await(Attempt attempt, Duration patience) throws BackupException {
        try {
            return attempt.done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("driver.interrupted", "", "interrupted while " + attempt.what, e);
        }
    }

    /** The innermost one says most. */
    private static String cause(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.toString();
    }

    private static String where(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")) {
                return "in " + frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return "in no code of ours";
    }

    /** What hangs in the code of this driver, for people; empty if nothing does. */
    String stuck(String driver) {
        return String.join("; ", stuck.stream().filter(known -> known.driver.equals(driver) && known.thread.isAlive())
                .map(known -> "the thread \"" + known.thread.getName() + "\" hangs " + where(known.thread)
                        + ", and it and its classes stay in memory until the next start").toList());
    }
}
