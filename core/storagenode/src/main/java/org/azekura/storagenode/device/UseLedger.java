package org.azekura.storagenode.device;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Traffic;
import org.azekura.api.message.DeviceAnswer.MonthFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What devices carried in each month of UTC, as far as their drivers count it. It asks them every {@link #EVERY} and keeps what they say: so much is lost when this process is
 * killed, and so far off is what month something belongs to. Thread-safe.
 */
public final class UseLedger implements AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(UseLedger.class);

    private final InstantSource clock;
    /** By name; what a service said last. */
    private final Map<DeviceName, Served> served = new HashMap<>();
    private final Map<DeviceName, UsePage> pages = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Null before {@link #open}: nothing is kept yet. */
    private Path folder;

    private static final class Served {
        private final BlobStore store;
        private Traffic seen = Traffic.NONE;
        /** Its driver threw when it was asked; told once. */
        private boolean threw;

        private Served(BlobStore store) {
            this.store = store;
        }
    }

    public UseLedger(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps what is counted from here on in files of the devices' names. */
    public synchronized void open(Path folder) {
        this.folder = folder;
    }

    /** Looks from time to time until it is closed. */
    public void begin() {
        Thread.ofVirtual().name("node-use").start(() -> {
            try {
                while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A service that is known already goes on. */
    public synchronized void came(DeviceName name, BlobStore store) {
        Served before = served.get(name);
        if (before == null || before.store != store) {
            count(name, before);
            served.put(name, new Served(store));
        }
    }

    /** What it still does is not counted any more. */
    public synchronized void went(DeviceName name, BlobStore store) {
        Served there = served.get(name);
        if (there != null && there.store == store) {
            count(name, there);
            served.remove(name);
            keep();
        }
    }

    /** The device is gone: another of its name has carried nothing yet. */
    public synchronized void forget(DeviceName name) {
        served.remove(name);
        UsePage page = pages.remove(name);
        if (page != null) {
            page.delete();
        }
    }

    /** One look; durable at return, as far as the disk lets it. */
    public synchronized void look() {
        served.forEach(this::count);
        keep();
    }

    /** Of this month and the one before, after a look. */
    public synchronized List<MonthFound> months() {
        look();
        List<MonthFound> found = new ArrayList<>();
        served.forEach((name, there) -> guarded(name, there, () -> {
            UsePage page = page(name);
            if (page != null && there.store.traffic().isPresent()) {
                page.add(month(), Traffic.NONE);
                Terms terms = there.store.terms();
                page.months().forEach((month, t) -> found.add(new MonthFound(name, page.ledger(), month.toString(), t.bytesIn(), t.bytesOut(), t.writes(), t.reads(), t.free(),
                        terms.microsPerGiB(), terms.microsPerThousand(), terms.microsPerThousandWrites())));
            }
        }));
        return found;
    }

    /** A driver that throws has carried what was known; the others are asked all the same. */
    private static void guarded(DeviceName name, Served there, Runnable question) {
        try {
            question.run();
        } catch (RuntimeException e) {
            if (!there.threw) {
                there.threw = true;
                LOG.warn("device={} its driver threw when it had to tell what it carried", name, e);
            }
        }
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private void count(DeviceName name, Served there) {
        UsePage page = there == null ? null : page(name);
        if (page == null) {
            return;
        }
        guarded(name, there, () -> there.store.traffic().ifPresent(now -> {
            page.add(month(), now.minus(there.seen));
            there.seen = now;
        }));
    }

    /** Null before it is open. */
    private UsePage page(DeviceName name) {
        return folder == null ? null : pages.computeIfAbsent(name, key -> UsePage.open(folder.resolve(key.value())));
    }

    private void keep() {
        pages.forEach((name, page) -> {
            try {
                page.keep();
            } catch (IOException e) {
                LOG.warn("device={} what it carried can't be kept now: {}", name, e.toString());
            }
        });
    }

    /** With a last look. */
    @Override
    public void close() {
        closed.countDown();
        look();
    }
}
