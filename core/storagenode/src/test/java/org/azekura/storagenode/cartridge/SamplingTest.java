package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a cartridge that nobody wants, before it goes back to its slot. */
class SamplingTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PACKS = 10;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;
    private BlobStore other;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 2);
        pool = cartridges.labelled(Cartridges.POOL);
        other = cartridges.labelled(Cartridges.OTHER);
    }

    @AfterEach
    void close() {
        cartridges.watched().before((name, number) -> { });
        cartridges.close();
    }

    private void put(String key) throws BackupException {
        Blobs.put(pool, key, Stopped.content(key, 1000));
    }

    private void packs() throws BackupException {
        for (int i = 0; i < PACKS; i++) {
            put("packs/" + i);
        }
        put("snapshots/1");
    }

    /** Nobody wants the pool's cartridge for five minutes; somebody looks for another one. */
    private void idle() throws BackupException {
        cartridges.pass(MountRules.USUAL.idle().toSeconds());
        Blobs.put(other, "packs/" + System.nanoTime(), new byte[10]);
        long end = System.nanoTime() + LONG.toNanos();
        while (isMounted()) {
            assertTrue(System.nanoTime() < end, "it stays in its drive");
            Thread.onSpinWait();
        }
    }

    private static boolean isSampling() {
        return Thread.currentThread().getName().startsWith("idle drives");
    }

    /** In which the pool's cartridge is. */
    private int drive() throws BackupException {
        return cartridges.store().operator().elements().elements().stream().filter(element -> new Barcode("A00001L8").equals(element.barcode())).findFirst()
                .orElseThrow().drive();
    }

    private boolean isMounted() throws BackupException {
        return cartridges.store().operator().elements().elements().stream()
                .anyMatch(element -> element.drive() >= 0 && element.barcode() != null && element.barcode().value().equals("A00001L8"));
    }

    @Test
    void aPackThatCanNotBeReadAnyMoreIsToldAndTheOthersAreNot() throws Exception {
        put("packs/0");
        cartridges.faults("write block 6: flip bit 900");
        put("packs/1");
        put("packs/2");
        cartridges.watched().start();
        idle();
        assertEquals(List.of("packs/1"), cartridges.damaged());
        assertArrayEquals(Stopped.content("packs/2", 1000), Blobs.get(pool, "packs/2", 0, 1001));
    }

    /** Sixteen seconds a pack: the last, those whose turn it is, and the first. */
    @Test
    void itTakesAMinuteAtMostAndTheNextTimeItGoesOn() throws Exception {
        packs();
        Map<Position, String> places = new HashMap<>();
        for (int i = 0; i < PACKS; i++) {
            places.put(cartridges.store().place(Cartridges.POOL, "packs/" + i).orElseThrow().position(), "packs/" + i);
        }
        for (int round = 0; round < 2; round++) {
            Drive drive = cartridges.library().drives().get(drive());
            List<String> looked = new CopyOnWriteArrayList<>();
            cartridges.watched().before((name, number) -> {
                String key = name.equals("read") && isSampling() ? places.get(drive.position()) : null;
                if (key != null) {
                    looked.add(key);
                    cartridges.pass(16);
                }
            });
            idle();
            cartridges.watched().before((name, number) -> { });
            int next = 2 * round;
            assertEquals(List.of("packs/9", "packs/" + next, "packs/" + (next + 1), "packs/0"), looked);
            // From behind the last one nothing is read on.
            assertArrayEquals(Stopped.content("packs/9", 1000), Blobs.get(pool, "packs/9", 0, 1001));
        }
    }

    @Test
    void aDriveThatReadsNothingAccusesOnePackAndNoneTwice() throws Exception {
        packs();
        for (List<String> accused : List.of(List.of("packs/9"), List.of("packs/9", "packs/0"))) {
            cartridges.faults("read of A00001L8 always: flip bit 900");
            idle();
            assertEquals(accused, cartridges.damaged());
            cartridges.faults("# none");
            assertArrayEquals(Stopped.content("packs/9", 1000), Blobs.get(pool, "packs/9", 0, 1001));
        }
    }

    @Test
    void whoWantsADriveDoesNotWaitForIt() throws Exception {
        packs();
        int[] reads = new int[1];
        Thread reader = Thread.ofPlatform().daemon().unstarted(() -> {
            try {
                Blobs.get(pool, "packs/5", 0, 10);
            } catch (BackupException e) {
                throw new IllegalStateException(e);
            }
        });
        cartridges.watched().before((name, number) -> {
            if (name.equals("read") && isSampling() && reads[0]++ == 1) {
                reader.start();
                while (reader.getState() != Thread.State.TIMED_WAITING && reader.isAlive()) {
                    Thread.onSpinWait();
                }
            }
        });
        cartridges.pass(MountRules.USUAL.idle().toSeconds());
        Blobs.put(other, "packs/1", new byte[10]);
        long end = System.nanoTime() + LONG.toNanos();
        while (reader.getState() == Thread.State.NEW) {
            assertTrue(System.nanoTime() < end, "nothing is read");
            Thread.onSpinWait();
        }
        reader.join();
        assertTrue(isMounted(), "what is wanted stays");
        assertTrue(reads[0] < PACKS, reads[0] + " blocks were read first");
    }
}
