package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cartridge is whose, and how it gets into a drive. */
class ChoosingTest {

    @TempDir
    Path dir;
    private Cartridges cartridges;

    private void open(int drives, String... faults) throws Exception {
        cartridges = new Cartridges(dir, drives, faults);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private BlobStore pool(PoolName pool, String barcode) {
        return cartridges.store().pool(pool, Optional.of(new Barcode(barcode)));
    }

    /** Somebody else's data on a cartridge. */
    private void foreign(String barcode) throws Exception {
        Drive drive = cartridges.load(barcode, 0);
        Tapes.write(drive, 1000, 1, 2);
        Tapes.sync(drive);
        drive.unload();
        cartridges.reopen();
    }

    @Test
    void whatIsNotOursIsNeverWritten() throws Exception {
        open(1);
        foreign("A00001L8");
        BackupException e = assertRefused("volume.quarantined", () -> pool(Cartridges.POOL, "A00001L8").size(Keys.LABEL));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
        assertRefused("volume.quarantined", () -> Blobs.put(pool(Cartridges.POOL, "A00001L8"), Keys.LABEL, Cartridges.label(Cartridges.POOL)));
        BlobStore other = cartridges.labelled(Cartridges.OTHER);
        assertTrue(other.location().contains("A00002L8"), other.location());
        cartridges.reopen();
        cartridges.shelve(0);
        Tapes.assertBlocks(cartridges.load("A00001L8", 0), 1000, 1, 2);
        Tapes.assertEndOfData(cartridges.library().drives().getFirst());
    }

    @Test
    void aCartridgeThatWasWrittenMeanwhileIsNotLabelled() throws Exception {
        open(1);
        BlobStore pool = cartridges.pool(Cartridges.POOL);
        assertEquals(-1, pool.size(Keys.LABEL));
        cartridges.shelve(0);
        Tapes.write(cartridges.load("A00001L8", 0), 1000, 1);
        BackupException e = assertRefused("volume.quarantined", () -> Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.POOL)));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
    }

    @Test
    void cleaningCartridgesAndMailSlotsAreLeftAlone() throws Exception {
        open(1);
        assertRefused("volume.missing", () -> pool(Cartridges.POOL, "CLN001CU").size(Keys.LABEL));
        cartridges.faults("insert A00009L8");
        BackupException e = assertRefused("volume.missing", () -> pool(Cartridges.OTHER, "A00009L8").size(Keys.LABEL));
        assertTrue(e.getMessage().contains("MAIL_SLOT"), e.getMessage());
    }

    @Test
    void aCartridgeThatIsGoneIsMissedByName() throws Exception {
        open(1);
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        Blobs.put(pool, "packs/1", new byte[10]);
        cartridges.shelve(0);
        cartridges.faults("take A00001L8");
        assertEquals(10, pool.size("packs/1"));
        assertRefused("volume.missing", () -> Blobs.get(pool, "packs/1", 0, 10));
        assertRefused("volume.missing", () -> Blobs.get(pool, Keys.LABEL, 0, 10));
        cartridges.reopen();
        BlobStore again = cartridges.pool(Cartridges.POOL);
        BackupException e = assertRefused("volume.missing", () -> again.size(Keys.LABEL));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
        cartridges.faults("insert A00001L8");
        e = assertRefused("volume.missing", () -> again.size(Keys.LABEL));
        assertTrue(e.getMessage().contains("MAIL_SLOT"), e.getMessage());
        cartridges.library().changer().orElseThrow().move(cartridges.find("A00001L8"), new ElementAddress(1005));
        assertEquals(10, again.size("packs/1"));
    }

    @Test
    void withoutNotesThePoolsCartridgeIsFoundByItsLabel() throws Exception {
        open(1);
        Blobs.put(pool(Cartridges.POOL, "A00003L8"), Keys.LABEL, Cartridges.label(Cartridges.POOL));
        Blobs.put(pool(Cartridges.POOL, "A00003L8"), "packs/1", new byte[100]);
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open();
        assertEquals(Map.of(Keys.LABEL, 4096L, "packs/1", 100L), Blobs.list(cartridges.pool(Cartridges.POOL), ""));
        assertTrue(cartridges.pool(Cartridges.POOL).location().contains("A00003L8"));
    }

    /** A home that was restored, or barcodes that were glued anew. */
    @Test
    void notesThatAreWrongAreMended() throws Exception {
        open(1);
        Blobs.put(cartridges.labelled(Cartridges.POOL), "packs/1", new byte[1]);
        Blobs.put(cartridges.labelled(Cartridges.OTHER), "packs/1", new byte[2]);
        cartridges.close();
        Path file = cartridges.notes().resolve("lib1/cartridges");
        String right = Files.readString(file);
        Files.writeString(file, right.replace("A00001L8", "x").replace("A00002L8", "A00001L8").replace("x", "A00002L8") + "nonsense\n");
        cartridges.open();
        assertEquals(1, cartridges.pool(Cartridges.POOL).size("packs/1"));
        assertEquals(2, cartridges.pool(Cartridges.OTHER).size("packs/1"));
        assertEquals(right, Files.readString(file));
    }

    @Test
    void twoPoolsShareADrive() throws Exception {
        open(1);
        BlobStore one = cartridges.labelled(Cartridges.POOL);
        BlobStore two = cartridges.labelled(Cartridges.OTHER);
        assertNotEquals(one.location(), two.location());
        for (int i = 0; i < 3; i++) {
            Blobs.put(one, "packs/" + i, new byte[] {1, (byte) i});
            Blobs.put(two, "packs/" + i, new byte[] {2, (byte) i});
        }
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(new byte[] {1, (byte) i}, Blobs.get(one, "packs/" + i, 0, 9));
            assertArrayEquals(new byte[] {2, (byte) i}, Blobs.get(two, "packs/" + i, 0, 9));
        }
    }

    @Test
    void listsNeedNoDriveOnceACartridgeWasRead() throws Exception {
        open(1);
        BlobStore one = cartridges.labelled(Cartridges.POOL);
        Blobs.put(one, "packs/1", new byte[10]);
        cartridges.labelled(Cartridges.OTHER);
        cartridges.watched().start();
        assertEquals(10, one.size("packs/1"));
        assertEquals(2, Blobs.list(one, "").size());
        assertEquals(List.of(), cartridges.watched().calls());
    }

    @Test
    void twoDrivesWorkAtOnce() throws Exception {
        open(2);
        BlobStore one = cartridges.labelled(Cartridges.POOL);
        BlobStore two = cartridges.labelled(Cartridges.OTHER);
        cartridges.watched().start();
        // While the first drive hangs in a write, the other pool's goes on.
        CountDownLatch second = new CountDownLatch(1);
        AtomicBoolean held = new AtomicBoolean();
        cartridges.watched().before((name, number) -> {
            if (name.equals("write") && held.compareAndSet(false, true)) {
                second.await();
            }
        });
        Together.run(2, i -> {
            if (i == 0) {
                Blobs.put(one, "packs/1", new byte[100]);
            } else {
                while (!held.get()) {
                    Thread.onSpinWait();
                }
                Blobs.put(two, "packs/1", new byte[100]);
                second.countDown();
            }
            return null;
        });
        assertEquals(0, cartridges.watched().count("unload"));
        assertEquals(0, cartridges.watched().count("load"));
    }

    @Test
    void manyPoolsTakeACartridgeEachAtOnce() throws Exception {
        open(2);
        List<String> places = Together.run(3, i -> {
            PoolName pool = new PoolName("pool-" + i);
            Blobs.put(cartridges.pool(pool), "keyring-1", new byte[] {(byte) i});
            Blobs.put(cartridges.pool(pool), Keys.LABEL, Cartridges.label(pool));
            Blobs.put(cartridges.pool(pool), "packs/1", new byte[] {(byte) i});
            return cartridges.pool(pool).location();
        });
        assertEquals(3, places.stream().distinct().count(), places.toString());
        cartridges.reopen();
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(new byte[] {(byte) i}, Blobs.get(cartridges.pool(new PoolName("pool-" + i)), "packs/1", 0, 9));
        }
        assertRefused("volume.missing", () -> cartridges.labelled(Cartridges.OTHER));
    }

    /** Drives that are fed by hand have no barcodes. */
    @Test
    void withoutARobotLabelsTellWhatIsWhere() throws Exception {
        open(2);
        cartridges.load("A00001L8", 0);
        cartridges.load("A00002L8", 1);
        cartridges.watched().byHand();
        Blobs.put(cartridges.labelled(Cartridges.POOL), "packs/1", new byte[1]);
        Blobs.put(cartridges.labelled(Cartridges.OTHER), "packs/1", new byte[2]);
        assertRefused("volume.missing", () -> cartridges.labelled(new PoolName("third")));
        cartridges.shelve(0);
        cartridges.load("A00002L8", 1).unload();
        cartridges.reopen();
        cartridges.load("A00001L8", 0);
        cartridges.watched().byHand();
        assertArrayEquals(new byte[1], Blobs.get(cartridges.pool(Cartridges.POOL), "packs/1", 0, 9));
        assertArrayEquals(new byte[2], Blobs.get(cartridges.pool(Cartridges.OTHER), "packs/1", 0, 9));
        assertEquals(new BlobStore.Space(-1, -1), cartridges.store().space());
        cartridges.shelve(0);
        assertRefused("volume.missing", () -> Blobs.get(cartridges.pool(Cartridges.POOL), Keys.LABEL, 0, 9));
        assertArrayEquals(new byte[2], Blobs.get(cartridges.pool(Cartridges.OTHER), "packs/1", 0, 9));
    }

    @Test
    void aBarcodeThatCannotBeReadForAWhileHurtsNobody() throws Exception {
        open(1);
        Blobs.put(cartridges.labelled(Cartridges.POOL), "packs/1", new byte[1]);
        cartridges.faults("inventory of A00001L8 always: no barcode", "position: reset");
        assertArrayEquals(new byte[1], Blobs.get(cartridges.pool(Cartridges.POOL), "packs/1", 0, 9));
        cartridges.faults("position: reset");
        Blobs.put(cartridges.pool(Cartridges.POOL), "packs/2", new byte[2]);
        assertEquals(3, Blobs.list(cartridges.pool(Cartridges.POOL), "").size());
    }

    /** Many callers, more pools than drives, and drives that fail: each pool has what was committed to it, and nothing of another. */
    @Test
    void manyCallersOfManyPoolsKeepApart() throws Exception {
        open(2);
        List<PoolName> pools = List.of(Cartridges.POOL, Cartridges.OTHER, new PoolName("third"));
        for (PoolName pool : pools) {
            cartridges.labelled(pool);
        }
        cartridges.faults("write: reset", "locate: reset", "inventory 2 times: reset");
        Together.run(6, i -> {
            BlobStore pool = cartridges.pool(pools.get(i % 3));
            for (int n = 0; n < 6; n++) {
                String key = "packs/" + i + "-" + n;
                byte[] content = {(byte) (i % 3), (byte) n};
                Blobs.put(pool, key, content);
                assertArrayEquals(content, Blobs.get(pool, key, 0, 9));
            }
            return null;
        });
        cartridges.crash();
        for (int i = 0; i < 3; i++) {
            assertEquals(12, Blobs.list(cartridges.pool(pools.get(i)), "packs/").size());
            assertArrayEquals(new byte[] {(byte) i, 5}, Blobs.get(cartridges.pool(pools.get(i)), "packs/" + i + "-5", 0, 9));
        }
    }

    @Test
    void aRobotThatStumblesIsAskedAgain() throws Exception {
        open(1, "inventory: reset", "move: no answer afterwards");
        BackupException first = assertRefused("changer.away", () -> cartridges.pool(Cartridges.POOL).size(Keys.LABEL));
        assertTrue(first.getMessage().contains("answer"), first.getMessage());
        cartridges.labelled(Cartridges.POOL);
        assertEquals(4096, cartridges.pool(Cartridges.POOL).read(Keys.LABEL, 0, ByteBuffer.allocate(5000)));
    }
}
