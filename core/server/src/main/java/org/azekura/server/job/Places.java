package org.azekura.server.job;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of jobs that run at once. A client has few of them, however many jobs it has; a place that comes free goes to who has the fewest, among
 * those to who has waited longest. Thread-safe.
 */
final class Places {

    private final int each;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> taken = new HashMap<>();
    /** In the order in which they came. */
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private int free;

    /**
     * @param all  places
     * @param each how many of them one client has at most
     */
    Places(int all, int each) {
        this.free = all;
        this.each = each;
    }

    private final class Waiting {

        private final String whose;
        private final Condition admitted = lock.newCondition();
        private boolean in;

        Waiting(String whose) {
            this.whose = whose;
        }
    }

    /** Waits for a place; {@link #give} returns it. Who is interrupted has none. */
    void take(String whose) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Waiting mine = new Waiting(whose);
            waiting.add(mine);
            admit();
            try {
                while (!mine.in) {
                    mine.admitted.await();
                }
            } catch (InterruptedException e) {
                if (mine.in) {
                    release(whose);
                } else {
                    waiting.remove(mine);
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

    private void release(String whose) {
        free++;
        taken.computeIfPresent(whose, (client, places) -> places == 1 ? null : places - 1);
        admit();
    }

    private void admit() {
        while (free > 0) {
            Waiting next = null;
            for (Waiting one : waiting) {
                if (of(one) < each && (next == null || of(one) < of(next))) {
                    next = one;
                }
            }
            if (next == null) {
                return;
            }
            waiting.remove(next);
            free--;
            taken.merge(next.whose, 1, Integer::sum);
            next.in = true;
            next.admitted.signal();
        }
    }

    private int of(Waiting one) {
        return taken.getOrDefault(one.whose, 0);
    }
}
