package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is stopped in the middle of an object, or is lied to, on a drive that numbers what lies on its tape. */
class FootingTest {

    /** Three blocks. */
    private static final int SIZE = 700_000;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
        pool = cartridges.labelled(Cartridges.POOL);
        Blobs.put(pool, "packs/before", Stopped.content("packs/before", SIZE));
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private void write(int stopped, Stopped.Meanwhile meanwhile) throws Exception {
        cartridges.watched().start();
        Waiting one = Stopped.at("packs/one", SIZE, stopped, meanwhile);
        Waiting other = Stopped.at("packs/other", SIZE, -1, meanwhile);
        ((PoolStore) pool).set().write(List.of(one, other));
        one.result();
        other.result();
    }

    private void assertSound() throws Exception {
        for (boolean noted : new boolean[] {true, false}) {
            for (String key : List.of("packs/before", "packs/one", "packs/other")) {
                assertArrayEquals(Stopped.content(key, SIZE), Blobs.get(pool, key, 0, SIZE + 1), key);
            }
            if (!noted) {
                cartridges.forgetNotes();
            }
            cartridges.reopen();
            pool = cartridges.pool(Cartridges.POOL);
        }
        assertEquals(List.of("packs/before", "packs/one", "packs/other"), RawTape.of(cartridges, "A00001L8"), "each is there once");
    }

    @Test
    void aPauseAloneCostsAQuestion() throws Exception {
        write(1, () -> cartridges.pass(10));
        assertEquals(0, cartridges.watched().count("locate"), cartridges.watched().calls().toString());
        assertEquals(4, cartridges.watched().count("position"), cartridges.watched().calls().toString());
        assertSound();
    }

    @Test
    void aTapeThatSomebodyRewoundIsSentBackBeforeTheNextBlock() throws Exception {
        for (int block : new int[] {1, 2}) {
            write(block, () -> {
                cartridges.pass(10);
                cartridges.library().drives().getFirst().rewind();
            });
            assertEquals(1, cartridges.watched().count("locate"), cartridges.watched().calls().toString());
            assertSound();
            close();
            cartridges = new Cartridges(dir.resolve("again" + block), 1);
            pool = cartridges.labelled(Cartridges.POOL);
            Blobs.put(pool, "packs/before", Stopped.content("packs/before", SIZE));
        }
    }

    /** What was written of it before went with the power: the cartridge is identified anew, and the object begins again. */
    @Test
    void whatIsNotThereAnyMoreIsWrittenAgainFromItsBeginning() throws Exception {
        write(2, () -> {
            cartridges.pass(10);
            cartridges.library().drives().getFirst().rewind();
            try {
                cartridges.faults("read: flip bit 77");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(cartridges.watched().count("load") > 0, cartridges.watched().calls().toString());
        assertSound();
    }

    /** It says that all was written: nobody is told so. */
    @Test
    void aBlockThatTheDriveLosesInSilenceIsNoticedBehindItsObject() throws Exception {
        for (int block : new int[] {8, 9, 10}) {
            cartridges.faults("write block " + block + ": false good");
            assertRefused("volume.suspect", () -> Blobs.put(pool, "packs/one", Stopped.content("packs/one", SIZE)));
            assertRefused("volume.suspect", () -> Blobs.put(pool, "packs/other", new byte[10]));
            assertEquals(-1, pool.size("packs/one"));
            close();
            cartridges = new Cartridges(dir.resolve("again" + block), 1);
            pool = cartridges.labelled(Cartridges.POOL);
            Blobs.put(pool, "packs/before", Stopped.content("packs/before", SIZE));
        }
    }

    /** Another host has wound it back before the drive is asked where it stands; all of the object is there. */
    @Test
    void behindAWholeObjectNothingIsWrittenWhereSomebodyElseHasMovedTheTape() throws Exception {
        boolean[] moved = new boolean[1];
        cartridges.watched().before((name, number) -> {
            if (!moved[0] && name.equals("position") && number > 0 && cartridges.watched().calls().get(number - 1).equals("writeFilemarks")) {
                moved[0] = true;
                Drive drive = cartridges.library().drives().getFirst();
                drive.locate(Position.of(drive.position().object() - 2));
            }
        });
        write(-1, () -> { });
        assertTrue(moved[0]);
        assertSound();
    }
}
