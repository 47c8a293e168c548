package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cartridge does not give back: no more is lost than that, with notes and without. */
class DamageTest {

    /** Objects of the drive that lie before the first blob: label, filemark, the note that the labelling is done, filemark. */
    private static final int BEFORE = 4;
    private static final int SIZE = 700_000;
    /** Blocks of such a blob, and a filemark. */
    private static final int OBJECTS = 4;

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

    private static byte[] content(int number) {
        return Blobs.random(new Random(number), SIZE);
    }

    private void put(int number) throws BackupException {
        Blobs.put(pool, "packs/" + number, content(number));
    }

    private void assertThere(int... numbers) throws BackupException {
        for (int number : numbers) {
            assertArrayEquals(content(number), Blobs.get(pool, "packs/" + number, 0, SIZE + 1), "packs/" + number);
        }
    }

    private void withoutNotes() throws Exception {
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open();
        pool = cartridges.pool(Cartridges.POOL);
    }

    private Set<String> keys() throws BackupException {
        return Blobs.list(pool, "packs/").keySet();
    }

    /** Three blobs, of which something happens to an object of the second. */
    private void three(int object, String call, String what) throws Exception {
        put(1);
        cartridges.faults(call + " block " + (BEFORE + OBJECTS + object) + ": " + what);
        put(2);
        put(3);
    }

    @Test
    void aBlockThatCannotBeReadCostsItsBlob() throws Exception {
        three(1, "write", "flip bit 5 unreadably");
        for (int i = 0; i < 2; i++) {
            BackupException e = assertRefused("media.read", () -> Blobs.get(pool, "packs/2", 0, SIZE));
            assertTrue(e.getMessage().contains("cartridge A00001L8"), e.getMessage());
            assertThere(1, 3);
            assertEquals(100, Blobs.get(pool, "packs/2", 0, 100).length);
            withoutNotes();
        }
    }

    /** Else its labelling would begin anew, over all that lies there. */
    @Test
    void aVolumeIsOneAlsoIfTheNoteOfItsLabellingCanNotBeRead() throws Exception {
        put(1);
        put(2);
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open("read block 2 of A00001L8 always: medium error");
        pool = cartridges.pool(Cartridges.POOL);
        assertEquals(Set.of("packs/1", "packs/2"), keys());
        put(3);
        assertThere(1, 2, 3);
    }

    @Test
    void aBlockThatIsNotAsItWasWrittenIsNotBelieved() throws Exception {
        three(1, "write", "flip bit 5000");
        BackupException e = assertRefused("blob.corrupt", () -> Blobs.get(pool, "packs/2", 0, SIZE));
        assertTrue(e.getMessage().contains("cartridge A00001L8") && e.getMessage().contains("packs/2"), e.getMessage());
        assertThere(1, 3);
    }

    @Test
    void whatDrivesCutInSilenceIsNotBelieved() throws Exception {
        three(0, "write", "alert 7");
        cartridges.faults("read block " + (BEFORE + OBJECTS) + " always: cut 10 bytes");
        assertRefused("blob.corrupt", () -> Blobs.get(pool, "packs/2", 0, SIZE));
        cartridges.faults("# none");
        assertThere(1, 2, 3);
    }

    @Test
    void withoutNotesABlobWhoseBeginningIsLostIsPassedOver() throws Exception {
        for (String what : new String[] {"flip bit 5 unreadably", "flip bit 4000"}) {
            three(0, "write", what);
            withoutNotes();
            assertEquals(Set.of("packs/1", "packs/3"), keys(), what);
            put(4);
            withoutNotes();
            assertEquals(Set.of("packs/1", "packs/3", "packs/4"), keys(), what);
            assertThere(1, 3, 4);
            assertTrue(isDoubtful(), "what was passed over may count");
            cartridges.reopen();
            pool = cartridges.pool(Cartridges.POOL);
            assertThere(1);
            assertTrue(isDoubtful(), "that is remembered with what was found");
            cartridges.close();
            open(what);
            assertFalse(isDoubtful());
        }
    }

    private boolean isDoubtful() throws BackupException {
        return cartridges.store().uses(Cartridges.POOL).getFirst().suspect();
    }

    private void open(String name) throws Exception {
        cartridges = new Cartridges(dir.resolve(name.replace(' ', '-')), 1);
        pool = cartridges.labelled(Cartridges.POOL);
    }

    /** It may have been committed: without a note nobody knows. */
    @Test
    void withoutNotesALastBlobThatIsDamagedIsNotOverwritten() throws Exception {
        put(1);
        cartridges.faults("write block " + (BEFORE + OBJECTS + 2) + ": flip bit 5 unreadably");
        put(2);
        withoutNotes();
        assertEquals(Set.of("packs/1"), keys());
        put(3);
        cartridges.pass(6);
        put(4);
        assertThere(1, 3, 4);
        withoutNotes();
        assertEquals(Set.of("packs/1", "packs/3", "packs/4"), keys());
        assertThere(1, 3, 4);
        // All of the damaged one that can be read is there still.
        Drive drive = cartridges.load("A00001L8", 0);
        drive.locate(Position.of(BEFORE + OBJECTS));
        assertEquals(256 << 10, Tapes.read(drive).length);
    }

    @Test
    void aFilemarkThatGotLostCostsNothing() throws Exception {
        three(3, "filemarks", "false good");
        assertThere(1, 2, 3);
        withoutNotes();
        assertEquals(Set.of("packs/1", "packs/2", "packs/3"), keys());
        assertThere(1, 2, 3);
        put(4);
        assertThere(1, 2, 3, 4);
    }

    @Test
    void whatSomebodyElseWroteBehindTheEndIsNotOverwritten() throws Exception {
        put(1);
        for (int i = 0; i < 2; i++) {
            cartridges.close();
            if (i > 0) {
                cartridges.forgetNotes();
            } else {
                cartridges.open();
                Drive drive = cartridges.load("A00001L8", 0);
                drive.spaceToEnd();
                Tapes.write(drive, 500, 1);
                Tapes.sync(drive);
                cartridges.close();
            }
            cartridges.open();
            pool = cartridges.pool(Cartridges.POOL);
            assertThere(1);
            assertRefused("volume.suspect", () -> put(2));
        }
        Drive drive = cartridges.load("A00001L8", 0);
        drive.locate(Position.of(BEFORE + OBJECTS));
        Tapes.assertBlocks(drive, 500, 1);
    }

    @Test
    void whatIsListedIsInTheOrderInWhichItLies() throws Exception {
        put(3);
        put(1);
        put(2);
        List<String> listed = new ArrayList<>();
        pool.list("packs/", blob -> listed.add(blob.key()));
        assertEquals(List.of("packs/3", "packs/1", "packs/2"), listed);
    }

    @Test
    void readingOnNeedsNoLocating() throws Exception {
        put(1);
        put(2);
        assertThere(1);
        cartridges.watched().start();
        for (int at = 0; at < SIZE; at += 10_000) {
            assertEquals(Math.min(10_000, SIZE - at), Blobs.get(pool, "packs/2", at, 10_000).length);
        }
        assertEquals(0, cartridges.watched().count("locate"));
        assertEquals(4, cartridges.watched().count("read"), "three blocks, and the filemark before them");
    }
}
