package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedNotesTest {

    @TempDir
    Path dir;

    /** The node's home is restored, or its disk is damaged; the cartridge of which the note tells is not there. */
    @Test
    void whatALaterCartridgeHasIsBetterThanANoteThatIsOldOrDamaged() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1, Chosen.ofSix())) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            Blobs.put(pool, "packs/0", new byte[1_200_000]);
            VolumeId first = cartridges.store().members(Cartridges.POOL).getFirst().volume();
            Path note = cartridges.notes().resolve("lib1/" + first + ".note");
            byte[] old = Files.readAllBytes(note);
            for (int i = 1; i < 8; i++) {
                Blobs.put(pool, "packs/" + i, new byte[1_200_000]);
            }
            byte[] whole = Files.readAllBytes(note);
            byte[] damaged = whole.clone();
            damaged[100] ^= 1;
            cartridges.shelve(0);
            cartridges.hide(new Barcode("A00001L8"));
            for (byte[] bytes : new byte[][] {old, damaged, new byte[0]}) {
                cartridges.goOn(() -> Files.write(note, bytes));
                assertEquals(1_200_000, cartridges.pool(Cartridges.POOL).size("packs/3"));
                assertArrayEquals(whole, Files.readAllBytes(note));
            }
        }
    }

    @Test
    void thatSomethingCouldNotBeReadIsCarriedToo() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1, Chosen.ofSix())) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            Blobs.put(pool, "packs/0", new byte[1_200_000]);
            VolumeId first = cartridges.store().members(Cartridges.POOL).getFirst().volume();
            Path mark = cartridges.notes().resolve("lib1/" + first + ".note.damaged");
            Files.createFile(mark);
            for (int i = 1; i < 8; i++) {
                Blobs.put(pool, "packs/" + i, new byte[1_200_000]);
            }
            cartridges.goOn(cartridges::forgetNotes);
            assertEquals(1_200_000, cartridges.pool(Cartridges.POOL).size("packs/3"));
            assertTrue(Files.exists(mark));
        }
    }

    /** Of the one that was named its label is known, as of who looked at it; the others are blank. */
    @Test
    void theLastCartridgeNamesTheOthersSoThatTheyAreNotLoaded() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1, Chosen.ofSix())) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            for (int i = 0; i < 8; i++) {
                Blobs.put(pool, "packs/" + i, new byte[1_200_000]);
            }
            cartridges.shelve(0);
            cartridges.hide(new Barcode("A00001L8"));
            cartridges.goOn(cartridges::forgetNotes);
            cartridges.store().operator().look(new Barcode("A00002L8"));
            assertEquals(1_200_000, cartridges.pool(Cartridges.POOL).size("packs/3"));
            assertEquals(List.of(Optional.of(new Barcode("A00001L8")), Optional.of(new Barcode("A00002L8"))),
                    cartridges.store().members(Cartridges.POOL).stream().map(Member::barcode).toList());
        }
    }

    private static void put(BlobStore pool, int packs) throws BackupException {
        for (int i = 0; i < packs; i++) {
            Blobs.put(pool, "packs/" + i, new byte[1_200_000]);
        }
    }

    /** The pool's second cartridge leaves it, and is the second of another. What the node knew before that. */
    private static Map<Path, byte[]> handOver(Cartridges cartridges, Chosen supply) throws Exception {
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        put(pool, 15);
        for (int i = 6; i < 12; i++) {
            pool.delete("packs/" + i);
        }
        VolumeId second = cartridges.store().members(Cartridges.POOL).get(1).volume();
        Map<Path, byte[]> before = cartridges.getNotes();
        for (int i = 0; !cartridges.store().leave(Cartridges.POOL, second, "test", 2_000_000).left(); i++) {
            assertTrue(i < 100);
        }
        BlobStore other = cartridges.labelled(Cartridges.OTHER);
        supply.put("A00005L8");
        supply.put("A00002L8");
        supply.overwrite(second);
        put(other, 15);
        assertEquals("A00002L8", cartridges.store().place(Cartridges.OTHER, "packs/7").orElseThrow().barcode().orElseThrow().value());
        assertEquals("A00005L8", cartridges.store().place(Cartridges.OTHER, "packs/14").orElseThrow().barcode().orElseThrow().value());
        cartridges.shelve(0);
        cartridges.hide(new Barcode("A00002L8"));
        return before;
    }

    private static void bringBack(Cartridges cartridges) throws Exception {
        cartridges.library().changer().orElseThrow().move(cartridges.find("A00002L8"), cartridges.free());
        assertArrayEquals(new byte[1_200_000], Blobs.get(cartridges.pool(Cartridges.OTHER), "packs/7", 0, 1_200_001));
        assertArrayEquals(new byte[1_200_000], Blobs.get(cartridges.pool(Cartridges.POOL), "packs/1", 0, 1_200_001));
        assertEquals(-1, cartridges.pool(Cartridges.POOL).size("packs/7"));
    }

    @Test
    void oneThatHasLeftDoesNotClaimTheCartridgeThatAnotherPoolHasByNow() throws Exception {
        Chosen supply = Chosen.ofSix();
        try (Cartridges cartridges = new Cartridges(dir, 1, supply)) {
            handOver(cartridges, supply);
            cartridges.goOn(cartridges::forgetNotes);
            cartridges.store().operator().look(new Barcode("A00003L8"));
            cartridges.store().operator().look(new Barcode("A00005L8"));
            assertEquals(1_200_000, cartridges.pool(Cartridges.POOL).size("packs/1"));
            assertEquals(1_200_000, cartridges.pool(Cartridges.OTHER).size("packs/7"));
            bringBack(cartridges);
        }
    }

    /** A home is restored from before it left, and the pool is not opened first. */
    @Test
    void ofTwoThatClaimACartridgeTheOneThatWasLabelledLaterIsBelieved() throws Exception {
        Chosen supply = Chosen.ofSix();
        try (Cartridges cartridges = new Cartridges(dir, 1, supply)) {
            Map<Path, byte[]> before = handOver(cartridges, supply);
            cartridges.goOn(() -> cartridges.setNotes(before));
            cartridges.store().operator().look(new Barcode("A00005L8"));
            assertEquals(1_200_000, cartridges.pool(Cartridges.OTHER).size("packs/7"));
            bringBack(cartridges);
        }
    }

    @Test
    void aReaderWhoWantsTheDriveInBetweenCostsNoNote() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1, new Chosen("A00003L8"))) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            BlobStore other = cartridges.labelled(Cartridges.OTHER);
            Blobs.put(other, "packs/other", new byte[10]);
            FutureTask<byte[]> reading = new FutureTask<>(() -> Blobs.get(other, "packs/other", 0, 20));
            Thread reader = Thread.ofPlatform().daemon().unstarted(reading);
            Thread writer = Thread.currentThread();
            cartridges.watched().before((name, number) -> {
                if (Thread.currentThread() == writer && name.equals("writeFilemarks") && reader.getState() == Thread.State.NEW
                        && cartridges.store().members(Cartridges.POOL).size() == 2) {
                    reader.start();
                    while (reader.getState() != Thread.State.TIMED_WAITING && reader.isAlive()) {
                        Thread.onSpinWait();
                    }
                }
            });
            put(pool, 8);
            assertArrayEquals(new byte[10], reading.get(120, TimeUnit.SECONDS));
            cartridges.watched().before((name, number) -> { });
            VolumeId first = cartridges.store().members(Cartridges.POOL).getFirst().volume();
            Path note = cartridges.notes().resolve("lib1/" + first + ".note");
            byte[] whole = Files.readAllBytes(note);
            cartridges.shelve(0);
            cartridges.hide(new Barcode("A00001L8"));
            cartridges.goOn(cartridges::forgetNotes);
            assertEquals(1_200_000, cartridges.pool(Cartridges.POOL).size("packs/3"));
            assertArrayEquals(whole, Files.readAllBytes(note));
        }
    }
}
