package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lone drive, whose cartridges a hand changes: it must be able to. */
class HandsTest {

    private static final int PACK = 1_200_000;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    /** Nobody knows barcodes here. */
    private static final class Any implements Supply {

        private long volumes;

        @Override
        public Optional<Next> next(PoolName pool, VolumeId full, int number, List<Barcode> refused) {
            return Optional.of(new Next(Optional.empty(), Cartridges.label(pool, number, ++volumes), Optional.empty()));
        }
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private void open() throws Exception {
        cartridges = new Cartridges(dir, 1, new Any());
        cartridges.load("A00001L8", 0);
        cartridges.watched().byHand();
        pool = cartridges.labelled(Cartridges.POOL);
    }

    /** Nobody has used a drive for a while, and then somebody wants what is not there. */
    private BackupException missed(int pack) {
        cartridges.pass(10);
        return assertRefused("volume.missing", () -> assertThere(pack));
    }

    /** Fails where the drive has not let go of what lies there. */
    private void change(String barcode) throws Exception {
        cartridges.exchange(0, barcode);
    }

    private void put(int from, int to) throws BackupException {
        for (int i = from; i < to; i++) {
            Blobs.put(pool, "packs/" + i, Blobs.random(new Random(i), PACK));
        }
    }

    private void assertThere(int pack) throws BackupException {
        assertArrayEquals(Blobs.random(new Random(pack), PACK), Blobs.get(pool, "packs/" + pack, 0, PACK + 1));
    }

    private int putUntilFull() {
        return putUntilFull(0);
    }

    /** How many there was room for, from this one on. */
    private int putUntilFull(int from) {
        for (int i = from;; i++) {
            try {
                put(i, i + 1);
            } catch (BackupException e) {
                assertEquals("media.none", e.failure().code(), e.getMessage());
                assertTrue(e.getMessage().contains("needs another cartridge; take out what lies in the drive, and put a blank one in"), e.getMessage());
                return i - from;
            }
        }
    }

    @Test
    void aFullCartridgeIsLetGoOfAndAnotherFollows() throws Exception {
        open();
        int full = putUntilFull();
        assertRefused("media.none", () -> put(full, full + 1));
        change("A00002L8");
        put(full, full + 2);
        assertEquals(List.of(1, 2), cartridges.store().members(Cartridges.POOL).stream().map(Member::number).toList());
        assertThere(full + 1);
        BackupException e = missed(0);
        assertTrue(e.getMessage().contains("volume \"default 1\" of pool default is in no drive"), e.getMessage());
        change("A00003L8");
        missed(0);
        missed(0);
        change("A00001L8");
        assertThere(0);
        cartridges.pass(10);
        BackupException none = assertRefused("media.none", () -> put(full + 2, full + 3));
        assertTrue(none.getMessage().contains("put in that with volume \"default 2\", or a blank one"), none.getMessage());
        change("A00002L8");
        put(full + 2, full + 3);
        assertEquals(2, cartridges.store().members(Cartridges.POOL).size());
    }

    @Test
    void whatIsInUseIsNotLetGoOf() throws Exception {
        open();
        int full = putUntilFull();
        change("A00002L8");
        put(full, full + 1);
        BlobWriter begun = pool.create("packs/x");
        try {
            missed(0);
            assertRefused("changer.held", () -> change("A00001L8"));
        } finally {
            begun.close();
        }
        assertThere(full);
        assertRefused("volume.missing", () -> assertThere(0));
        assertRefused("changer.held", () -> change("A00001L8"));
        missed(0);
        change("A00001L8");
        assertThere(0);
    }

    @Test
    void whoWritesDoesNotTakeWhatIsRead() throws Exception {
        open();
        int full = putUntilFull();
        change("A00002L8");
        put(full, full + 1);
        missed(0);
        change("A00001L8");
        assertThere(0);
        assertRefused("media.none", () -> put(full + 1, full + 2));
        assertRefused("changer.held", () -> change("A00002L8"));
        assertThere(1);
        cartridges.pass(10);
        assertRefused("media.none", () -> put(full + 1, full + 2));
        change("A00002L8");
        put(full + 1, full + 2);
    }

    @Test
    void whatWasPutInForOneIsNotTakenOutForAnother() throws Exception {
        open();
        int second = putUntilFull();
        change("A00002L8");
        put(second, second + 1);
        int third = second + 1 + putUntilFull(second + 1);
        change("A00003L8");
        put(third, third + 1);
        missed(0);
        change("A00002L8");
        assertRefused("volume.missing", () -> assertThere(0));
        assertRefused("media.none", () -> put(third + 1, third + 2));
        assertRefused("changer.held", () -> change("A00001L8"));
        assertThere(second);
        missed(0);
        change("A00001L8");
        assertThere(0);
    }

    @Test
    void whatCannotBeLoadedIsLetGoOf() throws Exception {
        open();
        int full = putUntilFull();
        change("A00002L8");
        put(full, full + 1);
        missed(0);
        cartridges.faults("load of A00003L8 always: medium error");
        change("A00003L8");
        cartridges.watched().start();
        missed(0);
        missed(0);
        assertEquals(1, cartridges.watched().count("unload"));
        change("A00001L8");
        assertThere(0);
    }

    /** Nobody changes cartridges between a reading and a writing. */
    @Test
    void whatMustBeCopiedDoesNotLeaveWithOneDrive() throws Exception {
        open();
        int full = putUntilFull();
        change("A00002L8");
        put(full, full + 1);
        VolumeId first = cartridges.store().members(Cartridges.POOL).getFirst().volume();
        cartridges.watched().start();
        BackupException e = assertRefused("device.unsupported", () -> cartridges.store().leave(Cartridges.POOL, first, "test", PACK));
        assertTrue(e.getMessage().contains("a library with a robot or a second drive"), e.getMessage());
        assertEquals(List.of(), cartridges.watched().calls());
        for (int i = 0; i < full; i++) {
            pool.delete("packs/" + i);
        }
        while (!cartridges.store().leave(Cartridges.POOL, first, "test", PACK).left()) {}
        assertEquals(List.of(2), cartridges.store().members(Cartridges.POOL).stream().map(Member::number).toList());
    }
}
