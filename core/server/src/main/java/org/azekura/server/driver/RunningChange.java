package org.azekura.server.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers.Change;
import org.azekura.api.server.Drivers.Kind;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;

/** A change of a driver, from its beginning on; who asks for it may wait for its end. Thread-safe. */
final class RunningChange {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition end = lock.newCondition();
    private Change now;

    /** @param parts as they stand at first; those that have ended already are not done */
    RunningChange(String id, Kind kind, String driver, Instant began, List<Part> parts) {
        now = new Change(id, kind, driver, began, null, parts);
    }

    static Part waiting(NodeName node) {
        return new Part(node, State.WAITING, 0, null, null);
    }

    Change now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    void put(int at, Part part) {
        lock.lock();
        try {
            List<Part> parts = new ArrayList<>(now.parts());
            parts.set(at, part);
            InstalledDriver driver = part.driver();
            now = new Change(now.id(), now.kind(), now.driver() == null && driver != null ? driver.name() : now.driver(), now.began(), now.ended(), parts);
        } finally {
            lock.unlock();
        }
    }

    void end(Instant at) {
        lock.lock();
        try {
            now = new Change(now.id(), now.kind(), now.driver(), now.began(), at, now.parts());
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, at most so long. @return as it stands then */
    Change await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (now.ended() == null && left > 0) {
                left = end.awaitNanos(left);
            }
            return now;
        } finally {
            lock.unlock();
        }
    }
}
