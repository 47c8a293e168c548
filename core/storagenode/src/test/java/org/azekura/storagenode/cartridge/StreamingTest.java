package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often a tape stops when what is backed up comes slower than the drive takes it. In a library of 1 : 360: its drive writes 1 MB/s as LTO-8 does 360, and
 * {@value #HUNDRED_GB} bytes stand for 100 GB. A stop costs 2 s as everywhere.
 */
class StreamingTest {

    private static final long HUNDRED_GB = 278_000_000;
    private static final long SPOOL = 107_374_182_400L / 360;
    private static final int PACK = 1_000_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path dir;
    private Simulator library;
    private LibraryStore store;
    /** Simulated time of the source, in nanoseconds. */
    private final AtomicLong source = new AtomicLong();

    private BlobStore open(long spool) throws BackupException {
        library = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "cartridges", "1", "capacity_MB", "600", "buffer_MB", "1", "speed_MBps", "1"));
        Watched watched = new Watched(library);
        store = new LibraryStore(new DeviceName("lib1"), watched, dir.resolve("notes"), dir.resolve("spool"));
        BlobStore pool = store.pool(Cartridges.POOL, Optional.empty(), spool);
        Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.POOL));
        source.set(library.elapsed(0).toNanos());
        boolean[] begins = {true};
        watched.before((name, number) -> {
            if (name.equals("write") && begins[0]) {
                // The drive had nothing to do until the source had brought what it gets.
                library.idle(0, Duration.ofNanos(Math.max(0, source.get() - library.elapsed(0).toNanos())));
            }
            begins[0] = name.equals("sync") || begins[0] && !name.equals("write");
        });
        return pool;
    }

    private void put(BlobStore pool, int number, long bytesPerSecond) throws BackupException {
        try (BlobWriter writer = pool.create("packs/" + number)) {
            writer.write(ByteBuffer.allocate(PACK));
            source.addAndGet((long) (PACK * 1e9 / bytesPerSecond));
            writer.commit();
        }
    }

    private void close() {
        store.close();
        library.close();
    }

    @Test
    void theTapeStopsTwiceInAHundredGigabytes() throws Exception {
        BlobStore pool = open(SPOOL);
        int before = library.stops(0);
        for (int i = 0; i < HUNDRED_GB / PACK; i++) {
            while (!((Buffered) pool).hasRoom(LONG)) {
                source.accumulateAndGet(library.elapsed(0).toNanos(), Math::max);
            }
            put(pool, i, 500_000);
        }
        assertTrue(((Buffered) pool).isOnTape(((Buffered) pool).mark(), LONG));
        int stops = library.stops(0) - before;
        assertTrue(stops <= 2, stops + " stops");
        // What stands behind them costs one more, at the end of a job.
        Blobs.put(pool, "snapshots/1", new byte[100]);
        assertEquals(stops + 1, library.stops(0) - before);
        close();
    }

    @Test
    void withoutASpoolItStopsAtEveryPack() throws Exception {
        BlobStore pool = open(0);
        int before = library.stops(0);
        for (int i = 0; i < 10; i++) {
            put(pool, i, 500_000);
        }
        assertTrue(library.stops(0) - before >= 10, library.stops(0) + " stops");
        close();
    }
}
