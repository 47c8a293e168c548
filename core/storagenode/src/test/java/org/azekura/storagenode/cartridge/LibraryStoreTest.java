package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Drive;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStoreTest {

    @TempDir
    Path dir;
    private Cartridges cartridges;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    @Test
    void aNewPoolTakesTheFirstBlankCartridge() throws Exception {
        BlobStore pool = cartridges.pool(Cartridges.POOL);
        assertEquals(-1, pool.size(Keys.LABEL));
        assertEquals(Map.of(), Blobs.list(pool, ""));
        byte[] ring = Blobs.put(pool, "keyring-1", Blobs.random(new Random(1), 500));
        assertEquals(Map.of("keyring-1", 500L), Blobs.list(pool, ""));
        byte[] label = Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.POOL));
        assertEquals(Map.of("keyring-1", 500L, Keys.LABEL, 4096L), Blobs.list(pool, ""));
        assertArrayEquals(label, Blobs.get(pool, Keys.LABEL, 0, 5000));
        assertArrayEquals(ring, Blobs.get(pool, "keyring-1", 0, 5000));
        assertTrue(pool.location().contains("A00001L8"), pool.location());
        assertSame(pool, cartridges.pool(Cartridges.POOL));
        assertRefused("blob.exists", () -> pool.create(Keys.LABEL));
        assertRefused("device.unsupported", () -> pool.delete(Keys.LABEL));
    }

    @Test
    void theMemoryOfACartridgeSaysWhoseItIs() throws Exception {
        cartridges.labelled(Cartridges.POOL);
        assertEquals(Optional.of(new Drive.Description("AZEKURA", "Azekura", "form 1", Label.parse(Cartridges.label(Cartridges.POOL)).name(), "A00001L8", "default")),
                cartridges.library().drives().getFirst().description());
    }

    @Test
    void whatWasCommittedIsThereAfterAStart() throws Exception {
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        byte[] pack = Blobs.put(pool, "packs/1", Blobs.random(new Random(1), 3_000_000));
        Blobs.put(pool, "packs/2", new byte[10]);
        pool.delete("packs/2");
        for (int i = 0; i < 2; i++) {
            cartridges.reopen();
            BlobStore again = cartridges.pool(Cartridges.POOL);
            assertEquals(Map.of("packs/1", 3_000_000L, Keys.LABEL, 4096L), Blobs.list(again, ""));
            assertArrayEquals(pack, Blobs.get(again, "packs/1", 0, 3_000_000));
            cartridges.forgetNotes();
        }
    }

    @Test
    void theLibraryItselfKeepsNothing() throws Exception {
        LibraryStore store = cartridges.store();
        assertRefused("blob.key", () -> store.create("packs/1"));
        assertRefused("blob.missing", () -> store.read("packs/1", 0, ByteBuffer.allocate(1)));
        assertEquals(-1, store.size("packs/1"));
        assertEquals(Map.of(), Blobs.list(store, ""));
        assertEquals(new BlobStore.Space(-1, -1), store.space());
        assertEquals(cartridges.library().location(), store.location());
        store.selfTest();
        store.close();
        assertRefused("device.closed", store::space);
    }

    @Test
    void aCertainCartridgeIsTaken() throws Exception {
        BlobStore pool = cartridges.store().pool(Cartridges.POOL, Optional.of(new Barcode("A00003L8")));
        Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.POOL));
        assertTrue(pool.location().contains("A00003L8"), pool.location());
        assertRefused("volume.missing", () -> cartridges.store().pool(Cartridges.OTHER, Optional.of(new Barcode("A99999L8"))).size(Keys.LABEL));
    }

    /** A long tape is not read from its beginning again because a drive failed at its end. */
    @Test
    void readingACartridgeThroughGoesOnWhereItWas() throws Exception {
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        Together.run(10, i -> {
            for (int n = 0; n < 30; n++) {
                Blobs.put(pool, "packs/" + i + "-" + n, new byte[] {(byte) n});
            }
            return null;
        });
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open("read block 580: hardware error");
        assertRefused("device.hardware", () -> Blobs.list(cartridges.pool(Cartridges.POOL), ""));
        cartridges.watched().start();
        assertEquals(301, Blobs.list(cartridges.pool(Cartridges.POOL), "").size());
        assertTrue(cartridges.watched().count("read") < 150, cartridges.watched().count("read") + " reads");
    }

    /** Who waits for a drive that hangs must not wait for as long as another one is used. */
    @Test
    void whatIsDoneForAnotherPoolIsNoProgress() throws Exception {
        try (Cartridges two = new Cartridges(dir.resolve("two"), 2)) {
            BlobStore pool = two.labelled(Cartridges.POOL);
            BlobStore other = two.labelled(Cartridges.OTHER);
            Blobs.put(pool, "packs/1", new byte[1_000_000]);
            Blobs.put(other, "packs/1", new byte[1_000_000]);
            long before = ((Buffered) pool).progress();
            long beforeOther = ((Buffered) other).progress();
            Blobs.get(other, "packs/1", 0, 1_000_000);
            assertEquals(before, ((Buffered) pool).progress());
            assertTrue(((Buffered) other).progress() > beforeOther);
        }
    }

    @Test
    void nothingThatWasInTheMakingStaysInTheSpool() throws Exception {
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        try (BlobWriter writer = pool.create("packs/1")) {
            writer.write(ByteBuffer.allocate(1000));
        }
        assertEquals(0, cartridges.spooled());
        cartridges.leaveInSpool("0-1.blob");
        cartridges.reopen();
        Blobs.put(cartridges.pool(Cartridges.POOL), "packs/1", new byte[1]);
        assertEquals(0, cartridges.spooled());
    }
}
