package org.azekura.server.job;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of jobs that run at once. A client has few of them, however many jobs it has; a place that comes free goes to the highest priority, among those to
 * who has the fewest, among those to who has waited longest. Thread-safe.
 */
final class Places {

    private final ReentrantLock lock = new ReentrantLock();
    private final Line<Waiting> line;

    /**
     * @param all  places
     * @param each how many of them one client has at most
     */
    Places(int all, int each) {
        this.line = new Line<>(all, each);
    }

    /** @param whose as {@link Checked#whose} */
    record Claim(String whose, int priority) {}

    private final class Waiting {

        private final Condition admitted = lock.newCondition();
        private boolean in;
    }

    /** Waits for a place; {@link #give} returns it. Who is interrupted has none. */
    void take(Claim claim) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Waiting mine = new Waiting();
            line.add(mine, claim);
            admit();
            try {
                while (!mine.in) {
                    mine.admitted.await();
                }
            } catch (InterruptedException e) {
                if (mine.in) {
                    release(claim.whose);
                } else {
                    line.remove(mine, claim);
                }
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    void give(String whose) {
        lock.lock();
        try {
            release(whose);
        } finally {
            lock.unlock();
        }
    }

    /** There are so many from now on. */
    void all(int now) {
        lock.lock();
        try {
            line.all(now);
            admit();
        } finally {
            lock.unlock();
        }
    }

    private void release(String whose) {
        line.give(whose);
        admit();
    }

    private void admit() {
        for (Waiting next = line.admit(); next != null; next = line.admit()) {
            next.in = true;
            next.admitted.signal();
        }
    }
}
