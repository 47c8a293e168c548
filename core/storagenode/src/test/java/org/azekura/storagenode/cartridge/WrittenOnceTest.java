package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cartridge on which nothing can be overwritten. */
class WrittenOnceTest {

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = Cartridges.writtenOnce(dir);
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private void put(String key, int size) throws BackupException {
        Blobs.put(pool, key, Blobs.random(new Random(size), size));
    }

    private void assertThere(String key, int size) throws BackupException {
        assertArrayEquals(Blobs.random(new Random(size), size), Blobs.get(pool, key, 0, size + 1), key);
    }

    private interface Work {
        void run() throws BackupException;
    }

    /** The power goes before the filemark. */
    private void cutOff(boolean synced, Work work) throws BackupException {
        cartridges.watched().before((name, number) -> {
            if (name.equals("writeFilemarks")) {
                if (synced) {
                    Tapes.sync(cartridges.library().drives().getFirst());
                }
                cartridges.library().powerOff(0);
                throw BackupException.device("device.io", "", "the power went", null);
            }
        });
        assertRefused("drive.away", work::run);
        cartridges.crash();
        pool = cartridges.pool(Cartridges.POOL);
    }

    /** The power goes in the middle of a blob, of which some is on the tape. */
    private void cutOff(String key) throws BackupException {
        cutOff(false, () -> put(key, 5_000_000));
    }

    @Test
    void whatIsCutOffStaysAndWhatComesNextIsWrittenBehindIt() throws Exception {
        put("packs/1", 1000);
        for (int i = 2; i < 4; i++) {
            cutOff("packs/torn");
            if (i == 3) {
                cartridges.forgetNotes();
                cartridges.reopen();
                pool = cartridges.pool(Cartridges.POOL);
            }
            put("packs/" + i, 1000 * i);
            put("packs/" + i + "/next", 1000 * i + 1);
        }
        for (boolean noted : new boolean[] {true, false}) {
            if (!noted) {
                cartridges.close();
                cartridges.forgetNotes();
                cartridges.open();
            } else {
                cartridges.reopen();
            }
            pool = cartridges.pool(Cartridges.POOL);
            assertThere("packs/1", 1000);
            for (int i = 2; i < 4; i++) {
                assertThere("packs/" + i, 1000 * i);
                assertThere("packs/" + i + "/next", 1000 * i + 1);
            }
            assertEquals(-1, pool.size("packs/torn"));
            assertFalse(cartridges.store().uses(Cartridges.POOL).getFirst().suspect(), "nothing that counts is missing");
        }
        assertTrue(cartridges.library().drives().getFirst().alerts().stream().noneMatch(alert -> alert.equals(new Alert(60))), "nobody tried to overwrite anything");
    }

    @Test
    void whoReadsItThroughMissesNothing() throws Exception {
        put("packs/1", 1000);
        cutOff("packs/torn");
        put("packs/2", 2000);
        put("packs/3", 3000);
        LibraryAnswer.PassedThrough passed = cartridges.store().operator().readThrough(new Barcode("W00001LY"), null);
        assertEquals(List.of(), passed.damage());
        assertEquals(0, passed.gaps());
        assertTrue(passed.objects().stream().allMatch(LibraryAnswer.OnTape::whole), passed::toString);
    }

    /** The filemark that ends what was cut off makes whole what had all its blocks: then it has numbers, which nothing behind it has again. */
    @Test
    void whatWasCutOffBehindItsLastBlockCountsAndHidesNothing() throws Exception {
        put("packs/1", 1000);
        put("packs/2", 2000);
        cutOff(true, () -> pool.delete("packs/1"));
        put("packs/3", 3000);
        cutOff(true, () -> put("packs/4", 900_000));
        put("packs/5", 5000);
        put("packs/6", 6000);
        for (boolean noted : new boolean[] {true, false}) {
            cartridges.close();
            if (!noted) {
                cartridges.forgetNotes();
            }
            cartridges.open();
            pool = cartridges.pool(Cartridges.POOL);
            assertEquals(Map.of("packs/2", 2000L, "packs/3", 3000L, "packs/4", 900_000L, "packs/5", 5000L, "packs/6", 6000L), Blobs.list(pool, "packs/"), "noted: " + noted);
            assertThere("packs/4", 900_000);
            assertThere("packs/5", 5000);
            assertFalse(cartridges.store().uses(Cartridges.POOL).getFirst().suspect());
        }
    }

    /** Waits on a disk of which the second half can't be read. */
    private static Waiting unreadable(String key, int size) {
        return new Waiting(key, new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long offset, ByteBuffer into) throws BackupException {
                if (offset >= size / 2) {
                    throw BackupException.device("device.io", "spool", "it can't be read", null);
                }
                into.position(into.limit());
            }
        });
    }

    private static Waiting waiting(String key, int size) {
        return new Waiting(key, new Content.Bytes(Blobs.random(new Random(size), size)));
    }

    @Test
    void oneThatCannotBeReadCostsNoCartridge() throws Exception {
        put("packs/1", 1000);
        for (int size : new int[] {900_000, 5_000_000}) {
            Waiting before = waiting("packs/before" + size, size + 1);
            Waiting bad = unreadable("packs/bad" + size, size);
            Waiting after = waiting("packs/after" + size, size + 2);
            ((PoolStore) pool).set().write(List.of(before, bad, after));
            assertRefused("device.io", bad::result);
            after.result();
            // and the last of its batch
            Waiting last = unreadable("packs/last" + size, size);
            ((PoolStore) pool).set().write(List.of(last));
            assertRefused("device.io", last::result);
            put("packs/next" + size, size + 3);
        }
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open();
        pool = cartridges.pool(Cartridges.POOL);
        for (int size : new int[] {900_000, 5_000_000}) {
            assertThere("packs/before" + size, size + 1);
            assertThere("packs/after" + size, size + 2);
            assertThere("packs/next" + size, size + 3);
        }
        assertEquals(7, Blobs.list(pool, "packs/").size());
        assertFalse(cartridges.store().uses(Cartridges.POOL).getFirst().suspect());
        assertTrue(cartridges.library().drives().getFirst().alerts().stream().noneMatch(alert -> alert.equals(new Alert(60))), "nobody tried to overwrite anything");
    }
}
