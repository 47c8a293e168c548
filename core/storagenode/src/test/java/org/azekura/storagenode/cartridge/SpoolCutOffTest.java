package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes before each single call of a drive, and before each of the spool's disk. */
class SpoolCutOffTest {

    private static final long SPOOL = 8_000_000;

    @TempDir
    Path dir;

    private static byte[] content(String key) {
        return Blobs.random(new Random(key.hashCode()), 1000 + key.hashCode() % 100);
    }

    /** Some packs, what stands behind them, and a pack behind that; adds what was said to be durable. */
    private static void work(BlobStore pool, List<String> durable) throws BackupException {
        for (String key : List.of("packs/a1", "packs/a2", "snapshots/1", "packs/a3")) {
            Blobs.put(pool, key, content(key));
            durable.add(key);
        }
    }

    /** What was durable is there, gets to tape and is there once. */
    private static void assertSound(Cartridges cartridges, List<String> durable, String when) throws Exception {
        BlobStore pool = cartridges.pool(Cartridges.POOL);
        for (String key : durable) {
            assertArrayEquals(content(key), Blobs.get(pool, key, 0, 2000), when + ": " + key);
        }
        Blobs.put(pool, "snapshots/2", content("snapshots/2"));
        List<String> tape = RawTape.of(cartridges, "A00001L8");
        assertEquals(new HashSet<>(tape).size(), tape.size(), when + ": twice on the tape: " + tape);
        assertTrue(tape.containsAll(durable), when + ": on the tape is " + tape + ", durable was " + durable);
        assertTrue(Blobs.list(pool, "").keySet().containsAll(tape), when + ": on the tape is " + tape);
    }

    @Test
    void noCallOfADriveIsOneTooManyToLose() throws Exception {
        boolean went = true;
        for (int call = 0; went; call++) {
            try (Cartridges cartridges = new Cartridges(dir.resolve("drive-" + call), 1).spooling(SPOOL, new SpoolDisk())) {
                BlobStore pool = cartridges.labelled(Cartridges.POOL);
                cartridges.watched().start();
                boolean[] now = new boolean[1];
                int last = call;
                cartridges.watched().before((name, number) -> {
                    if (number >= last) {
                        now[0] = true;
                        cartridges.library().powerOff(0);
                        throw BackupException.device("device.io", "", "the power went before call " + number + ", " + name, null);
                    }
                });
                List<String> durable = new ArrayList<>();
                try {
                    work(pool, durable);
                } catch (BackupException e) {
                    assertEquals("drive.away", e.failure().code(), e.getMessage());
                }
                went = now[0];
                cartridges.watched().before((name, number) -> {});
                if (call % 3 == 0) {
                    cartridges.reopen();
                } else {
                    cartridges.crash();
                }
                if (call % 2 == 0) {
                    cartridges.forgetNotes();
                }
                assertSound(cartridges, durable, "drive call " + call);
            }
        }
    }

    @Test
    void noCallOfTheDiskIsOneTooManyToLose() throws Exception {
        boolean went = true;
        for (int call = 1; went; call++) {
            // A process that was killed leaves all that it wrote, which is the lesser harm.
            for (boolean loses : call % 4 == 0 ? new boolean[] {false, true} : new boolean[] {true}) {
                LosingDisk disk = new LosingDisk(call);
                try (Cartridges cartridges = new Cartridges(dir.resolve("disk-" + call + loses), 1).spooling(SPOOL, disk)) {
                    BlobStore pool = cartridges.labelled(Cartridges.POOL);
                    List<String> durable = new ArrayList<>();
                    try {
                        work(pool, durable);
                    } catch (BackupException e) {
                        assertEquals("device.io", e.failure().code(), e.getMessage());
                    }
                    went = disk.went();
                    cartridges.goOn(loses ? disk::lose : () -> {});
                    assertSound(cartridges, durable, "disk call " + call + (loses ? ", with what did not last" : ""));
                }
            }
        }
    }
}
