package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs wait in the spool, durable, until many get to tape at once. */
class SpoolTest {

    private static final long SPOOL = 8_000_000;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NOW = Duration.ZERO;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 2).spooling(SPOOL, new SpoolDisk());
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private void reopen(String... faults) throws Exception {
        cartridges.reopen(faults);
        pool = cartridges.pool(Cartridges.POOL);
    }

    private static byte[] content(String key, int size) {
        return Blobs.random(new Random(key.hashCode()), size);
    }

    private void put(String key, int size) throws BackupException {
        Blobs.put(pool, key, content(key, size));
    }

    private void assertThere(String key, int size) throws BackupException {
        assertEquals(size, pool.size(key), key);
        assertArrayEquals(content(key, size), Blobs.get(pool, key, 0, size + 1), key);
    }

    private Buffered buffered() {
        return (Buffered) pool;
    }

    private void drain() throws BackupException {
        assertTrue(buffered().isOnTape(buffered().mark(), LONG));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(cartridges.packs(Cartridges.POOL))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void deletionsThatWaitTogetherStopTheTapeSeldom() throws Exception {
        for (int i = 0; i < 40; i++) {
            put("packs/" + i, 10);
        }
        drain();
        cartridges.watched().start();
        Together.run(40, i -> {
            pool.delete("packs/" + i);
            return null;
        });
        assertTrue(cartridges.watched().count("sync") < 20, cartridges.watched().count("sync") + " stops");
        assertEquals(Map.of(Keys.LABEL, 4096L), Blobs.list(pool, ""));
    }

    @Test
    void aPackIsDurableBeforeAnyDriveIsAsked() throws Exception {
        cartridges.watched().start();
        put("packs/1", 2_000_000);
        put("packs/2", 10);
        assertEquals(0, cartridges.watched().count("write"));
        assertThere("packs/1", 2_000_000);
        assertEquals(Map.of("packs/1", 2_000_000L, "packs/2", 10L, Keys.LABEL, 4096L), Blobs.list(pool, ""));
        assertRefused("blob.exists", () -> pool.create("packs/1"));
        reopen();
        assertThere("packs/1", 2_000_000);
        assertThere("packs/2", 10);
        drain();
        assertEquals(List.of(), files());
        // It is told behind that.
        await(() -> cartridges.placed().keySet().equals(Set.of("packs/1", "packs/2")));
        reopen();
        assertThere("packs/1", 2_000_000);
    }

    @Test
    void whatIsNoPackStandsBehindAllPacksAndIsOnTape() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("packs/" + i, 50_000);
        }
        cartridges.watched().start();
        put("snapshots/1", 300);
        assertEquals(2, cartridges.watched().count("sync"), cartridges.watched().calls().toString());
        assertEquals(List.of(), files());
        assertEquals(21, RawTape.of(cartridges, "A00001L8").size());
        assertEquals("snapshots/1", RawTape.of(cartridges, "A00001L8").getLast());
    }

    @Test
    void aDeletionOfAPackThatWaitsStandsBehindIt() throws Exception {
        put("packs/1", 1000);
        pool.delete("packs/1");
        assertEquals(-1, pool.size("packs/1"));
        put("packs/1", 2000);
        reopen();
        assertThere("packs/1", 2000);
        drain();
        reopen();
        assertThere("packs/1", 2000);
    }

    @Test
    void aSlotThatIsFullIsWrittenWhileTheOtherFills() throws Exception {
        for (int i = 0; i < 9; i++) {
            put("packs/" + i, 500_000);
        }
        // Nobody asks for it, and nobody waits. The eighth fills the slot before it is durable, and may be too late for it.
        await(() -> cartridges.placed().size() >= 7);
        for (int i = 0; i < 9; i++) {
            assertThere("packs/" + i, 500_000);
        }
    }

    @Test
    void aPackInTheMakingFillsASlotAndIsWrittenWithTheNextOne() throws Exception {
        for (int i = 0; i < 7; i++) {
            put("packs/" + i, 500_000);
        }
        try (BlobWriter writer = pool.create("packs/making")) {
            writer.write(ByteBuffer.wrap(content("packs/making", 500_000)));
            put("packs/7", 10); // the slot may be closed before this one is durable
            await(() -> cartridges.placed().size() >= 7);
            writer.commit();
        }
        assertFalse(cartridges.placed().containsKey("packs/making"));
        assertThere("packs/making", 500_000);
        drain();
        await(() -> cartridges.placed().containsKey("packs/making"));
    }

    private interface Question {
        boolean isSo() throws Exception;
    }

    private static void await(Question question) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (!question.isSo()) {
            assertTrue(System.nanoTime() < end, "it takes too long");
            Thread.onSpinWait();
        }
    }

    @Test
    void aFirstPackWaitsForAQuarterOfAnHourAtMost() throws Exception {
        put("packs/1", 1000);
        cartridges.pass(14 * 60);
        put("packs/2", 1000);
        assertFalse(files().isEmpty());
        cartridges.pass(60);
        put("packs/3", 1000);
        await(() -> cartridges.placed().containsKey("packs/1"));
    }

    @Test
    void whoeverNeedsRoomWaitsUntilThereIsSome() throws Exception {
        assertTrue(buffered().hasRoom(NOW));
        Together.run(8, i -> {
            for (int n = 0; n < 6; n++) {
                assertTrue(buffered().hasRoom(LONG));
                put("packs/" + i + "-" + n, 500_000);
            }
            return null;
        });
        drain();
        reopen();
        for (int i = 0; i < 48; i++) {
            assertThere("packs/" + i % 8 + "-" + i / 8, 500_000);
        }
    }

    @Test
    void aPackThatIsGivenUpLeavesNothing() throws Exception {
        try (BlobWriter writer = pool.create("packs/1")) {
            writer.write(ByteBuffer.allocate(1000));
            assertEquals(1, files().size());
        }
        assertEquals(List.of(), files());
        assertEquals(-1, pool.size("packs/1"));
        Files.write(cartridges.packs(Cartridges.POOL).resolve("1-1.new"), new byte[100]);
        reopen();
        assertEquals(-1, pool.size("packs/1"));
        assertEquals(List.of(), files());
    }

    @Test
    void aDriveThatFailsLosesNothing() throws Exception {
        for (String fault : List.of("write block 4: medium error", "write block 12: medium error", "write block 22: medium error",
                "write block 8: deferred error", "filemarks drive 0: medium error", "write block 7: reset", "write block 9: hardware error",
                "filemarks block 17: no answer afterwards", "write block 6: no answer")) {
            try (Cartridges here = new Cartridges(dir.resolve(Integer.toHexString(fault.hashCode())), 1).spooling(SPOOL, new SpoolDisk())) {
                BlobStore store = here.labelled(Cartridges.POOL);
                for (int i = 0; i < 10; i++) {
                    Blobs.put(store, "packs/" + i, content("packs/" + i, 1000 + i));
                }
                here.faults(fault);
                here.watched().start();
                try {
                    Blobs.put(store, "snapshots/1", new byte[10]);
                } catch (BackupException e) {
                    assertEquals(-1, store.size("snapshots/1"), fault);
                    Blobs.put(store, "snapshots/1", new byte[10]);
                }
                assertTrue(here.watched().count("locate") > 0, fault + " has not come");
                here.reopen();
                store = here.pool(Cartridges.POOL);
                assertEquals(12, Blobs.list(store, "").size(), fault);
                for (int i = 0; i < 10; i++) {
                    assertArrayEquals(content("packs/" + i, 1000 + i), Blobs.get(store, "packs/" + i, 0, 2000), fault);
                }
                assertEquals(11, RawTape.of(here, "A00001L8").size(), fault);
            }
        }
    }

    @Test
    void aTapeThatIsFullLeavesWhatItDoesNotTakeInTheSpool() throws Exception {
        for (int i = 0; i < 10; i++) {
            put("packs/" + i, 300_000);
        }
        cartridges.faults("write block 12 of A00001L8: full", "filemarks block 30 of A00001L8: full");
        try {
            put("snapshots/1", 10);
        } catch (BackupException e) {
            assertEquals("device.full", e.failure().code(), e.getMessage());
            assertFalse(files().isEmpty());
            put("snapshots/1", 10);
        }
        reopen();
        for (int i = 0; i < 10; i++) {
            assertThere("packs/" + i, 300_000);
        }
        assertEquals(11, RawTape.of(cartridges, "A00001L8").size());
    }

    @Test
    void aDriveThatSaysWhatIsNotSoIsAskedTwice() throws Exception {
        put("packs/1", 1000);
        cartridges.faults("filemarks block 4 of A00001L8: false good");
        put("snapshots/1", 10);
        cartridges.crash();
        pool = cartridges.pool(Cartridges.POOL);
        assertThere("packs/1", 1000);
        assertEquals(10, pool.size("snapshots/1"));
    }

    @Test
    void twoPoolsShareTwoDrives() throws Exception {
        BlobStore other = cartridges.labelled(Cartridges.OTHER);
        Together.run(2, i -> {
            BlobStore store = i == 0 ? pool : other;
            for (int n = 0; n < 20; n++) {
                ((Buffered) store).hasRoom(LONG);
                Blobs.put(store, "packs/" + n, content("packs/" + n, 600_000));
            }
            Blobs.put(store, "snapshots/1", new byte[1]);
            return null;
        });
        for (BlobStore store : List.of(pool, other)) {
            assertEquals(22, Blobs.list(store, "").size());
        }
        reopen();
        for (BlobStore store : List.of(pool, cartridges.pool(Cartridges.OTHER))) {
            for (int n = 0; n < 20; n++) {
                assertArrayEquals(content("packs/" + n, 600_000), Blobs.get(store, "packs/" + n, 0, 700_000));
            }
        }
    }

    @Test
    void whatIsLeftIsWrittenWithoutASpoolToo() throws Exception {
        put("packs/1", 1000);
        cartridges.spooling(0, new SpoolDisk());
        reopen();
        assertThere("packs/1", 1000);
        put("packs/2", 1000);
        assertEquals(List.of(), files());
    }

    @Test
    void theNextStoreGoesOnWhereOneWasClosed() throws Exception {
        for (int i = 0; i < 10; i++) {
            put("packs/" + i, 100_000);
        }
        cartridges.watched().before((name, number) -> {
            if (name.equals("write")) {
                cartridges.store().close();
            }
        });
        assertRefused("device.closed", () -> put("snapshots/1", 10));
        assertEquals(10, files().size());
        reopen();
        put("snapshots/1", 10);
        assertEquals(11, RawTape.of(cartridges, "A00001L8").size());
        for (int i = 0; i < 10; i++) {
            assertThere("packs/" + i, 100_000);
        }
    }
}
