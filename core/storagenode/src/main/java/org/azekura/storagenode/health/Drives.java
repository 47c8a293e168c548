package org.azekura.storagenode.health;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.NodeReport;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.drive.DriveCare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server what drives say, as long as it takes, on a thread of its own; keeps what the server says of them. What is the same is told once. Safe for
 * any number of threads.
 */
public final class Drives implements AutoCloseable {

    /** Pairs of drive and cartridge that have something to tell. */
    private static final int MOST = 256;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** Until a server is asked again that did not answer. */
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Drives.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<DeviceName, Use> uses = new ConcurrentHashMap<>();
    private final Map<DeviceName, LibraryStore> libraries = new ConcurrentHashMap<>();
    /** Guarded by the lock, as the rest. */
    private final Map<Pair, NodeReport.DriveSaid> waiting = new LinkedHashMap<>();
    private boolean woken;
    private boolean closed;

    /**
     * What the server says of a library's drives, by number.
     *
     * @param out     get nothing any more
     * @param unclean want to be cleaned first
     */
    private record Use(Set<Integer> out, Set<Integer> unclean) {

        private static final Use ALL = new Use(Set.of(), Set.of());
    }

    private record Pair(DeviceName device, int drive, Barcode barcode) {}

    /** Who looks after the drives of a library, served or not. */
    public DriveCare of(DeviceName library) {
        return said -> take(library, said);
    }

    /** From here on, until it is said again. */
    public void use(DeviceName library, Set<Integer> out, Set<Integer> unclean) {
        Use use = new Use(Set.copyOf(out), Set.copyOf(unclean));
        if (!use.equals(uses.put(library, use)) && !use.equals(Use.ALL)) {
            LOG.info("device={} drives that get nothing: {}; to be cleaned: {}", library, use.out(), use.unclean());
        }
        tell(library);
    }

    private void tell(DeviceName name) {
        LibraryStore library = libraries.get(name);
        Use use = uses.getOrDefault(name, Use.ALL);
        if (library != null) {
            library.use(use.out(), use.unclean());
        }
    }

    /** Numbers of the drives of a library that get nothing any more. */
    public Set<Integer> out(DeviceName library) {
        return uses.getOrDefault(library, Use.ALL).out();
    }

    /** It is served: its drives are there. */
    public void came(DeviceName name, LibraryStore library) {
        libraries.put(name, library);
        tell(name);
        wake();
    }

    public void went(DeviceName name, LibraryStore library) {
        libraries.remove(name, library);
    }

    /** There is a server, perhaps one that knows nothing of these drives. */
    public void joined() {
        libraries.values().forEach(LibraryStore::askDrives);
        wake();
    }

    private void take(DeviceName library, DriveCare.Said said) {
        lock.lock();
        try {
            Pair pair = new Pair(library, said.drive(), said.barcode().orElse(null));
            NodeReport.DriveSaid before = waiting.remove(pair);
            Set<Integer> flags = new LinkedHashSet<>(before == null ? Set.of() : before.alerts());
            said.alerts().stream().map(Alert::flag).forEach(flags::add);
            waiting.put(pair, new NodeReport.DriveSaid(library, said.drive(), said.serial(), pair.barcode(), flags.stream().toList(),
                    said.error() != null || before == null ? said.error() : before.error()));
            if (waiting.size() > MOST) {
                Iterator<NodeReport.DriveSaid> oldest = waiting.values().iterator();
                LOG.warn("the server will not know what a drive said, it is away for too long: {}", oldest.next());
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins to tell.
     *
     * @param server tells it, and whether it knows
     */
    public void open(Predicate<NodeReport> server) {
        Thread.ofPlatform().daemon().name("drives tell").start(() -> {
            while (awaitWork()) {
                try {
                    round(server);
                } catch (RuntimeException e) {
                    // One driver that fails must not keep all others from being heard.
                    LOG.warn("drives can't be asked, or the server not be told; it is tried again", e);
                }
            }
        });
    }

    /** Asks drives that are due, and tells all that waits. */
    void round(Predicate<NodeReport> server) {
        libraries.values().forEach(LibraryStore::hearDrives);
        for (NodeReport.DriveSaid said = first(); said != null; said = first()) {
            if (!server.test(said)) {
                return;
            }
            lock.lock();
            try {
                // what was said meanwhile of the same pair is another one
                waiting.values().remove(said);
            } finally {
                lock.unlock();
            }
        }
    }

    private NodeReport.DriveSaid first() {
        lock.lock();
        try {
            return waiting.isEmpty() ? null : waiting.values().iterator().next();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            long left = (waiting.isEmpty() ? PAUSE : AGAIN).toNanos();
            while (!woken && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
