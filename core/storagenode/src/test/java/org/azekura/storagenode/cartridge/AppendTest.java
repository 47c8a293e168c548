package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, and where. */
class AppendTest {

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private byte[] put(String key, int size) throws BackupException {
        return Blobs.put(pool, key, Blobs.random(new Random(size), size));
    }

    private void reopen() throws Exception {
        cartridges.reopen();
        pool = cartridges.pool(Cartridges.POOL);
    }

    private void assertThere(String key, int size) throws BackupException {
        assertArrayEquals(Blobs.random(new Random(size), size), Blobs.get(pool, key, 0, size + 1), key);
    }

    @Test
    void thoseWhoWaitAreWrittenWithOneSync() throws Exception {
        Turns turns = ((PoolStore) pool).turns();
        CountDownLatch first = new CountDownLatch(1);
        cartridges.watched().start();
        cartridges.watched().before((name, number) -> {
            if (name.equals("sync") && first.getCount() > 0) {
                first.countDown();
                while (turns.waiting() < 7) {
                    Thread.onSpinWait();
                }
            }
        });
        Together.run(8, i -> {
            if (i > 0) {
                first.await();
            }
            Blobs.put(pool, "packs/" + i, new byte[1000 + i]);
            return null;
        });
        assertEquals(2, cartridges.watched().count("sync"));
        reopen();
        assertEquals(8, Blobs.list(pool, "packs/").size());
    }

    @Test
    void thePlaceIsProvenAfterFiveSecondsAndAfterReading() throws Exception {
        put("packs/1", 1000);
        cartridges.pass(4);
        cartridges.watched().start();
        put("packs/2", 1000);
        assertEquals(0, cartridges.watched().count("locate"), cartridges.watched().calls().toString());
        cartridges.pass(5);
        put("packs/3", 1000);
        assertEquals(1, cartridges.watched().count("locate"));
        assertEquals(2, cartridges.watched().count("read"));
        assertThere("packs/1", 1000);
        put("packs/4", 1000);
        assertEquals(3, cartridges.watched().count("locate"));
    }

    private interface Meanwhile {
        void happens() throws BackupException;
    }

    /** A blob that is asked how long it is before the place is looked at: then something happens, once another one was written. */
    private Waiting after(String key, int size, Meanwhile meanwhile) {
        byte[] bytes = Blobs.random(new Random(size), size);
        AtomicBoolean happened = new AtomicBoolean();
        return new Waiting(key, new Content() {
            @Override
            public long size() {
                try {
                    if (cartridges.watched().count("writeFilemarks") > 0 && happened.compareAndSet(false, true)) {
                        meanwhile.happens();
                    }
                } catch (BackupException e) {
                    throw new IllegalStateException(e);
                }
                return size;
            }

            @Override
            public void read(long offset, ByteBuffer into) {
                into.put(bytes, (int) offset, into.remaining());
            }
        });
    }

    /** Each proof would stop the tape. */
    @Test
    void aPauseWithinABatchCostsAQuestionAndNoProof() throws Exception {
        put("packs/1", 1000);
        cartridges.watched().start();
        ((PoolStore) pool).set().write(List.of(after("packs/2", 1000, () -> { }), after("packs/3", 1001, () -> cartridges.pass(10)), after("packs/4", 1002, () -> { })));
        assertEquals(0, cartridges.watched().count("locate"), cartridges.watched().calls().toString());
        assertEquals(5, cartridges.watched().count("position"), cartridges.watched().calls().toString());
        assertThere("packs/4", 1002);
    }

    @Test
    void aTapeThatSomebodyMovedInAPauseWithinABatchIsNoticed() throws Exception {
        put("packs/1", 1000);
        cartridges.watched().start();
        ((PoolStore) pool).set().write(List.of(after("packs/2", 1002, () -> { }), after("packs/3", 1003, () -> {
            cartridges.pass(10);
            cartridges.library().drives().getFirst().rewind();
        })));
        assertEquals(1, cartridges.watched().count("locate"), cartridges.watched().calls().toString());
        reopen();
        assertThere("packs/1", 1000);
        assertThere("packs/2", 1002);
        assertThere("packs/3", 1003);
    }

    @Test
    void aTapeThatSomebodyMovedIsNoticedBeforeItIsWritten() throws Exception {
        put("packs/1", 300_000);
        cartridges.library().drives().getFirst().rewind();
        put("packs/2", 500);
        reopen();
        assertThere("packs/1", 300_000);
        assertThere("packs/2", 500);
    }

    @Test
    void aTapeThatSomebodyMovesWhileItIsWrittenIsSuspect() throws Exception {
        put("packs/1", 1000);
        put("packs/2", 1000);
        cartridges.faults("write: tape moved to 6");
        assertRefused("volume.suspect", () -> put("packs/3", 500));
        assertRefused("volume.suspect", () -> put("packs/4", 500));
        assertThere("packs/1", 1000);
        reopen();
        assertRefused("volume.suspect", () -> put("packs/5", 500));
        assertThere("packs/1", 1000);
        assertRefused("blob.corrupt", () -> Blobs.get(pool, "packs/2", 0, 1000));
    }

    /** A restored home knows less than the tape: nothing is overwritten. */
    @Test
    void whatANoteLacksIsFoundOnTheTape() throws Exception {
        put("packs/1", 1000);
        Map<Path, byte[]> then = cartridges.getNotes();
        put("packs/2", 700_000);
        pool.delete("packs/1");
        put("packs/3", 10);
        cartridges.close();
        cartridges.setNotes(then);
        cartridges.open();
        pool = cartridges.pool(Cartridges.POOL);
        assertEquals(Map.of("packs/2", 700_000L, "packs/3", 10L), Blobs.list(pool, "packs/"));
        put("packs/4", 20);
        reopen();
        assertThere("packs/2", 700_000);
        assertThere("packs/3", 10);
        assertThere("packs/4", 20);
    }

    /** The note knows more than the tape. */
    @Test
    void aTapeThatLacksWhatIsNotedIsNotWritten() throws Exception {
        put("packs/1", 1000);
        put("packs/2", 1000);
        cartridges.close();
        cartridges.open();
        Drive drive = cartridges.load("A00001L8", 0);
        drive.locate(Position.of(6));
        Tapes.write(drive, 100, 1);
        Tapes.sync(drive);
        reopen();
        BackupException e = assertRefused("volume.suspect", () -> put("packs/3", 10));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
        assertRefused("volume.suspect", () -> pool.delete("packs/1"));
        assertThere("packs/1", 1000);
        assertEquals(4096, pool.size(Keys.LABEL));
    }

    @Test
    void whatWasCutOffIsOverwritten() throws Exception {
        put("packs/1", 1000);
        for (boolean noted : new boolean[] {true, false}) {
            // The drive's own buffer is lost with the power; what is more was on the tape.
            cartridges.watched().before((name, number) -> {
                if (name.equals("writeFilemarks")) {
                    cartridges.library().powerOff(0);
                    throw BackupException.device("device.io", "", "the power went", null);
                }
            });
            assertRefused("drive.away", () -> put("packs/torn", 5_000_000));
            cartridges.crash();
            if (!noted) {
                cartridges.forgetNotes();
            }
            pool = cartridges.pool(Cartridges.POOL);
            assertTrue(Tapes.load(cartridges.library().drives().getFirst()).capacity() > 0);
            put("packs/after-" + noted, 2000);
            reopen();
            assertThere("packs/1", 1000);
            assertThere("packs/after-" + noted, 2000);
            assertEquals(-1, pool.size("packs/torn"));
        }
    }

    @Test
    void aFullCartridgeTakesSmallBlobsToItsEnd() throws Exception {
        int packs = 0;
        String full = "";
        while (full.isEmpty()) {
            try {
                put("packs/" + packs, 4_000_000);
                packs++;
            } catch (BackupException e) {
                full = e.failure().code();
            }
        }
        assertEquals("device.full", full);
        assertTrue(packs >= 6, packs + " packs");
        assertEquals(0, pool.space().free());
        assertEquals(32_000_000, pool.space().capacity());
        try (BlobWriter writer = pool.create("packs/late")) {
            assertRefused("device.full", () -> writer.write(ByteBuffer.allocate(2 << 20)));
        }
        put("snapshots/1", 1000);
        reopen();
        assertThere("snapshots/1", 1000);
        assertThere("packs/" + (packs - 1), 4_000_000);
        assertEquals(packs + 2, Blobs.list(pool, "").size());
    }

    /** One is too large for what is left, those behind it in the same batch are not. */
    @Test
    void whatDoesNotFitIsOverwrittenByWhatDoes() throws Exception {
        put("packs/1", 1000);
        cartridges.faults("write block 8: full");
        assertRefused("device.full", () -> put("packs/2", 1_500_000));
        put("packs/3", 500_000);
        cartridges.forgetNotes();
        reopen();
        assertThere("packs/1", 1000);
        assertThere("packs/3", 500_000);
        assertEquals(-1, pool.size("packs/2"));
    }

    @Test
    void aDriveThatWasResetIsMetAnewAndNobodyNotices() throws Exception {
        put("packs/1", 1000);
        for (String call : new String[] {"write", "filemarks", "locate", "read", "position", "load"}) {
            cartridges.faults(call + ": reset");
            cartridges.pass(6);
            put("packs/" + call, 300_000);
            assertThere("packs/1", 1000);
        }
        reopen();
        assertEquals(7, Blobs.list(pool, "packs/").size());
        assertThere("packs/write", 300_000);
        assertThere("packs/filemarks", 300_000);
    }

    @Test
    void aDriverThatGoesInTheMiddleLosesNothing() throws Exception {
        put("packs/1", 1000);
        cartridges.faults("write: hang");
        Together.run(2, i -> {
            if (i == 0) {
                BackupException e = assertRefused("device.closed", () -> put("packs/2", 1000));
                assertEquals("device.closed", e.failure().code());
                return null;
            }
            while (!Files.readString(cartridges.folder().resolve("library")).contains("write: hang")) {
                Thread.onSpinWait();
            }
            cartridges.library().close();
            return null;
        });
        reopen();
        assertThere("packs/1", 1000);
        put("packs/2", 1000);
        assertEquals(-1, pool.size("packs/3"));
    }
}
