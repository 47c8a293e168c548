package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes before each single call of a drive. */
class CutOffTest {

    private static final Random RANDOM = new Random(5);
    private static final byte[] RING = Blobs.random(RANDOM, 500);
    private static final byte[] FIRST = Blobs.random(RANDOM, 3000);
    private static final byte[] SECOND = Blobs.random(RANDOM, 1000);

    @TempDir
    Path dir;

    private interface Act {
        void on(BlobStore pool) throws BackupException;
    }

    /** Does it with the power going before a certain call; whether it went. */
    private static boolean cut(Cartridges cartridges, int call, Act act) throws Exception {
        cartridges.watched().start();
        boolean[] went = new boolean[1];
        cartridges.watched().before((name, number) -> {
            if (number >= call) {
                // It stays away: nobody mends anything by trying again.
                went[0] = true;
                cartridges.library().powerOff(0);
                throw BackupException.device("device.io", "", "the power went before call " + number + ", " + name, null);
            }
        });
        try {
            act.on(cartridges.pool(Cartridges.POOL));
        } catch (BackupException e) {
            assertEquals("drive.away", e.failure().code(), e.getMessage());
        }
        cartridges.watched().before((name, number) -> {});
        return went[0];
    }

    private void label(BlobStore pool, byte[] label) throws BackupException {
        if (pool.size(Keys.LABEL) < 0) {
            for (String left : Blobs.list(pool, "").keySet()) {
                pool.delete(left);
            }
            Blobs.put(pool, "keyring-1", RING);
            Blobs.put(pool, Keys.LABEL, label);
        }
    }

    @Test
    void aVolumeWithALabelHasItsKeys() throws Exception {
        boolean went = true;
        for (int call = 0; went; call++) {
            try (Cartridges cartridges = new Cartridges(dir.resolve("label-" + call), 1)) {
                cartridges.pool(Cartridges.POOL).size(Keys.LABEL);
                byte[] label = Cartridges.label(Cartridges.POOL);
                went = cut(cartridges, call, pool -> label(pool, label));
                cartridges.crash();
                BlobStore pool = cartridges.pool(Cartridges.POOL);
                if (pool.size(Keys.LABEL) < 0) {
                    assertEquals(Map.of(), Blobs.list(pool, ""), "call " + call);
                    assertTrue(went);
                }
                label(pool, label);
                assertEquals(Map.of(Keys.LABEL, 4096L, "keyring-1", 500L), Blobs.list(pool, ""), "call " + call);
                assertArrayEquals(RING, Blobs.get(pool, "keyring-1", 0, 500));
                assertArrayEquals(label, Blobs.get(pool, Keys.LABEL, 0, 4096));
                assertTrue(pool.location().contains("A00001L8"), "call " + call + ": " + pool.location());
            }
        }
    }

    @Test
    void whatWasCommittedStays() throws Exception {
        boolean went = true;
        for (int call = 0; went; call++) {
            try (Cartridges cartridges = new Cartridges(dir.resolve("put-" + call), 1)) {
                Blobs.put(cartridges.labelled(Cartridges.POOL), "packs/first", FIRST);
                cartridges.reopen();
                went = cut(cartridges, call, pool -> {
                    Blobs.put(pool, "packs/second", SECOND);
                    pool.delete("packs/second");
                });
                cartridges.crash();
                if (call % 2 == 0) {
                    cartridges.forgetNotes();
                }
                BlobStore pool = cartridges.pool(Cartridges.POOL);
                Map<String, Long> there = Blobs.list(pool, "packs/");
                assertEquals(FIRST.length, there.remove("packs/first"), "call " + call);
                if (there.remove("packs/second") != null) {
                    assertArrayEquals(SECOND, Blobs.get(pool, "packs/second", 0, 2000), "call " + call);
                }
                assertEquals(Map.of(), there);
                Blobs.put(pool, "packs/third", SECOND);
                assertArrayEquals(FIRST, Blobs.get(pool, "packs/first", 0, 4000), "call " + call);
                assertArrayEquals(SECOND, Blobs.get(pool, "packs/third", 0, 2000), "call " + call);
            }
        }
    }

    /** Between two cartridges: what was there is there, nothing is labelled twice, and writing goes on. */
    @Test
    void aCutBetweenTwoCartridgesLosesNothing() throws Exception {
        boolean went = true;
        for (int call = 0; went; call++) {
            Chosen supply = Chosen.ofSix();
            try (Cartridges cartridges = new Cartridges(dir.resolve("span-" + call), 1, supply)) {
                label(cartridges.pool(Cartridges.POOL), Cartridges.label(Cartridges.POOL));
                Blobs.put(cartridges.pool(Cartridges.POOL), "packs/first", FIRST);
                cartridges.faults("write of A00001L8 always: full");
                went = cut(cartridges, call, pool -> Blobs.put(pool, "packs/second", SECOND));
                cartridges.crash();
                if (call % 2 == 0) {
                    cartridges.forgetNotes();
                    cartridges.reopen();
                }
                BlobStore pool = cartridges.pool(Cartridges.POOL);
                Map<String, Long> there = Blobs.list(pool, "packs/");
                assertEquals(FIRST.length, there.remove("packs/first"), "call " + call);
                assertTrue(went || there.containsKey("packs/second"));
                if (there.remove("packs/second") != null) {
                    assertArrayEquals(SECOND, Blobs.get(pool, "packs/second", 0, 2000), "call " + call);
                }
                assertEquals(Map.of(), there, "call " + call);
                Blobs.put(pool, "packs/third", SECOND);
                assertArrayEquals(FIRST, Blobs.get(pool, "packs/first", 0, 4000), "call " + call);
                assertArrayEquals(SECOND, Blobs.get(pool, "packs/third", 0, 2000), "call " + call);
                assertArrayEquals(RING, Blobs.get(pool, "keyring-1", 0, 500));
                List<Member> members = cartridges.store().members(Cartridges.POOL);
                assertEquals(List.of("A00001L8", "A00002L8"), members.stream().map(member -> member.barcode().orElseThrow().value()).toList(), "call " + call);
                assertEquals("default 2 on A00002L8", supply.told().getLast(), "call " + call);
            }
        }
    }
}
