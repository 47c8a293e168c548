package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a drive, by the clock of the simulated drive, and a little of the real one. Each object takes ten seconds more to write than its bytes do, as if it were 3.6 GB. */
class DriveSharingTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PACK = 20_000;
    private static final Duration SLOW = Duration.ofSeconds(10);

    @TempDir
    Path dir;
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger objects = new AtomicInteger();
    private Simulator library;
    private Watched watched;
    private LibraryStore store;

    private void open(int drives) throws BackupException {
        library = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "cartridges", "3", "capacity_MB", "64", "buffer_MB", "1",
                "drives", Integer.toString(drives)));
        watched = new Watched(library);
        store = new LibraryStore(new DeviceName("lib1"), watched, dir.resolve("notes"), dir.resolve("spool"), Supply.NONE, MountRules.USUAL,
                () -> clock.get() + System.nanoTime());
    }

    @AfterEach
    void close() {
        watched.before((name, number) -> { });
        store.close();
        library.close();
    }

    private BlobStore pool(PoolName name, int packs) throws BackupException {
        BlobStore pool = store.pool(name, Optional.empty(), (long) packs * PACK);
        Blobs.put(pool, Keys.LABEL, Cartridges.label(name));
        return pool;
    }

    /** From here on time passes. */
    private void tick(Watched.Before also) {
        watched.before((name, number) -> {
            if (name.equals("writeFilemarks")) {
                library.idle(0, SLOW);
                objects.incrementAndGet();
            }
            clock.set(library.elapsed(0).plus(library.elapsed()).toNanos());
            also.call(name, number);
        });
    }

    private static byte[] put(BlobStore pool, String key) throws BackupException {
        assertTrue(((Buffered) pool).hasRoom(LONG));
        return Blobs.put(pool, key, new byte[PACK]);
    }

    private static void drain(BlobStore pool) throws BackupException {
        assertTrue(((Buffered) pool).isOnTape(((Buffered) pool).mark(), LONG));
    }

    /** Simulated seconds from the moment when somebody wants to read until he has the drive, at the beginning of a batch of 160 s. */
    private long waited(BlobStore written, BlobStore read) throws Exception {
        Blobs.put(read, "packs/old", new byte[PACK]);
        drain(read);
        FutureTask<byte[]> reader = new FutureTask<>(() -> Blobs.get(read, "packs/old", 0, PACK + 1));
        Thread thread = Thread.ofPlatform().daemon().unstarted(reader);
        AtomicLong asked = new AtomicLong();
        AtomicLong got = new AtomicLong();
        objects.set(0);
        tick((name, number) -> {
            if (objects.get() == 2 && asked.get() == 0) {
                asked.set(clock.get());
                thread.start();
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            if (asked.get() > 0 && got.get() == 0 && Thread.currentThread() == thread) {
                got.set(clock.get());
            }
        });
        for (int i = 0; i < 16; i++) {
            put(written, "packs/" + i);
        }
        drain(written);
        assertEquals(PACK, reader.get(120, TimeUnit.SECONDS).length);
        tick((name, number) -> { });
        return TimeUnit.NANOSECONDS.toSeconds(got.get() - asked.get());
    }

    @Test
    void aReaderWaitsForTheNextSyncAndNotForTheBatch() throws Exception {
        open(1);
        BlobStore pool = pool(Cartridges.POOL, 400);
        long same = waited(pool, pool);
        assertTrue(same <= 15, same + " s for what lies on the cartridge that is written");
        BlobStore other = pool(Cartridges.OTHER, 400);
        BlobStore third = pool(new PoolName("third"), 400);
        long another = waited(third, other);
        assertTrue(another <= 15, another + " s for what lies on another");
        for (int i = 0; i < 16; i++) {
            assertArrayEquals(new byte[PACK], Blobs.get(pool, "packs/" + i, 0, PACK + 1));
        }
    }

    @Test
    void twoPoolsOnOneDriveDoNotChangeAtEveryBatch() throws Exception {
        open(1);
        // a slot of 15 packs: 150 s
        BlobStore[] pools = {pool(Cartridges.POOL, 30), pool(Cartridges.OTHER, 30)};
        tick((name, number) -> { });
        watched.start();
        long before = clock.get();
        Together.run(2, i -> {
            for (int n = 0; n < 240; n++) {
                put(pools[i], "packs/" + n);
            }
            drain(pools[i]);
            return null;
        });
        long mounts = watched.count("unload");
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.get() - before);
        assertTrue(mounts <= 6, mounts + " mounts in " + seconds + " s");
    }

    @Test
    void whatNobodyWantsGoesBackToItsSlotAndIsFetchedAgain() throws Exception {
        open(2);
        BlobStore one = pool(Cartridges.POOL, 0);
        BlobStore other = pool(Cartridges.OTHER, 0);
        Blobs.put(one, "packs/1", new byte[10]);
        clock.addAndGet(MountRules.USUAL.idle().toNanos());
        Blobs.put(other, "packs/1", new byte[10]);
        await(1);
        assertArrayEquals(new byte[10], Blobs.get(one, "packs/1", 0, 20));
        await(2);
    }

    /** Until so many cartridges are in drives. */
    private void await(int mounted) throws BackupException {
        long end = System.nanoTime() + LONG.toNanos();
        while (mounted() != mounted) {
            assertTrue(System.nanoTime() < end, mounted() + " cartridges are in drives");
            Thread.onSpinWait();
        }
    }

    /** Those that somebody is at just now count for none, nor as away: they may go or stay. */
    private long mounted() throws BackupException {
        List<LibraryAnswer.ElementFound> drives = store.operator().elements().elements().stream().filter(element -> element.drive() >= 0).toList();
        return drives.stream().anyMatch(LibraryAnswer.ElementFound::used) ? -1 : drives.stream().filter(drive -> drive.barcode() != null).count();
    }

    @Test
    void aDriveThatIsOutOfUseGetsNothingAndWhatLiesThereIsFetched() throws Exception {
        open(2);
        BlobStore pool = pool(Cartridges.POOL, 0);
        Blobs.put(pool, "packs/1", new byte[10]);
        int first = drive();
        store.use(Set.of(first), Set.of());
        Blobs.put(pool, "packs/2", new byte[10]);
        assertEquals(1 - first, drive());
        store.use(Set.of(0, 1), Set.of());
        BackupException e = assertRefused("drive.away", () -> Blobs.get(pool, "packs/1", 0, 20));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
        store.use(Set.of(1 - first), Set.of());
        assertArrayEquals(new byte[10], Blobs.get(pool, "packs/1", 0, 20));
        assertEquals(first, drive());
    }

    /** In which drive the pool's cartridge is. */
    private int drive() throws BackupException {
        return store.operator().elements().elements().stream().filter(element -> new Barcode("A00001L8").equals(element.barcode())).findFirst().orElseThrow()
                .drive();
    }
}
