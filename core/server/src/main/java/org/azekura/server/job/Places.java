package org.azekura.server.job;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of jobs that run at once. A client has few of them, however many jobs it has; a place that comes free goes to the highest priority, among those to
 * who has the fewest, among those to who has waited longest. Thread-safe.
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

    /** @param whose jobs of no client share the places of one */
    record Claim(String whose, int priority) {}

    private final class Waiting {

        private final Claim claim;
        private final Condition admitted = lock.newCondition();
        private boolean in;

        Waiting(Claim claim) {
            this.claim = claim;
        }

        boolean comesBefore(Waiting other) {
            return claim.priority != other.claim.priority ? claim.priority > other.claim.priority : of(this) < of(other);
        }
    }

    /** Waits for a place; {@link #give} returns it. Who is interrupted has none. */
    void take(Claim claim) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Waiting mine = new Waiting(claim);
            waiting.add(mine);
            admit();
            try {
                while (!mine.in) {
                    mine.admitted.await();
                }
            } catch (InterruptedException e) {
                if (mine.in) {
                    release(claim.whose);
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
                if (of(one) < each && (next == null || one.comesBefore(next))) {
                    next = one;
                }
            }
            if (next == null) {
                return;
            }
            waiting.remove(next);
            free--;
            taken.merge(next.claim.whose, 1, Integer::sum);
            next.in = true;
            next.admitted.signal();
        }
    }

    private int of(Waiting one) {
        return taken.getOrDefault(one.claim.whose, 0);
    }
}
