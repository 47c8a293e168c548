package org.azekura.client.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands things from many threads to one, many at a time: each time one thread wakes another costs more than most things do. Not bounded, because
 * what is handed over has its place in a budget.
 */
final class Batches<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int enough;
    private final long patience;
    private List<T> things = new ArrayList<>();

    /** @param enough so many are taken at once, fewer only when the first has waited for {@code patienceMillis} */
    Batches(int enough, long patienceMillis) {
        this.enough = enough;
        this.patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    void add(List<T> more) {
        lock.lock();
        try {
            int before = things.size();
            things.addAll(more);
            if (before == 0 || before < enough && things.size() >= enough) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void add(T thing) {
        add(List.of(thing));
    }

    /** Waits until there is something. For one thread. */
    List<T> take() throws InterruptedException {
        lock.lock();
        try {
            while (things.isEmpty()) {
                changed.await();
            }
            for (long left = patience; things.size() < enough && left > 0;) {
                left = changed.awaitNanos(left);
            }
            List<T> taken = things;
            things = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
