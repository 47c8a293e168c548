package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
}
