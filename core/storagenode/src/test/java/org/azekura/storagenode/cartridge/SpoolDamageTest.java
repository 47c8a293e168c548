package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.spool.Journal;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged on the spool's disk is named, and nothing else suffers. */
class SpoolDamageTest {

    private static final long SPOOL = 80_000_000;
    private static final int SIZE = 5000;
    /** Of what stands behind a pack in its file. */
    private static final int TRAILER = 576;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1).spooling(SPOOL, new SpoolDisk());
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private static byte[] content(String key) {
        return Blobs.random(new Random(key.hashCode()), SIZE);
    }

    private void put(String... keys) throws BackupException {
        for (String key : keys) {
            Blobs.put(pool, key, content(key));
        }
    }

    private void reopen() throws BackupException {
        cartridges.reopen();
        pool = cartridges.pool(Cartridges.POOL);
    }

    private Path file(String end) throws IOException {
        try (Stream<Path> files = Files.list(cartridges.packs(Cartridges.POOL))) {
            return files.filter(file -> file.getFileName().toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void aByteOfAPackThatIsNotWhatItWasIsFoundOnItsWayToTheTape() throws Exception {
        for (int at : List.of(0, 1, SIZE / 2, SIZE - 1)) {
            put("packs/a" + at, "packs/b" + at, "packs/c" + at);
            flip(file("-b" + at + Journal.PACK), at);
            BackupException said = assertRefused("spool.corrupt", () -> put("snapshots/" + at));
            assertTrue(said.getMessage().contains("packs/b" + at), said.getMessage());
            assertEquals("packs/b" + at, cartridges.damaged().getLast());
            // It has checksums of its own, which say what is lost of it.
            assertEquals(SIZE, pool.size("packs/b" + at));
            put("snapshots/" + at);
            reopen();
            assertArrayEquals(content("packs/a" + at), Blobs.get(pool, "packs/a" + at, 0, SIZE));
            assertArrayEquals(content("packs/c" + at), Blobs.get(pool, "packs/c" + at, 0, SIZE));
        }
    }

    @Test
    void aPackWhoseTrailerIsNotWhatItWasIsPutAside() throws Exception {
        for (int at = 0; at < TRAILER; at += 23) {
            String key = "packs/t" + at;
            put(key, "packs/u" + at);
            flip(file("-t" + at + Journal.PACK), SIZE + at);
            reopen();
            assertEquals(-1, pool.size(key), "byte " + at);
            assertTrue(Files.exists(file("-t" + at + Journal.PACK + Journal.ASIDE)));
            assertArrayEquals(content("packs/u" + at), Blobs.get(pool, "packs/u" + at, 0, SIZE));
            // Nothing stands in the way of storing it again.
            put(key);
        }
        put("snapshots/1");
        reopen();
        assertEquals(2 * 26 + 2, Blobs.list(pool, "").size());
    }

    @Test
    void aFileThatWasCutOffOrIsNotThereIsNamed() throws Exception {
        put("packs/1", "packs/2", "packs/3", "packs/4");
        Path cut = file("-2" + Journal.PACK);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
        Files.delete(file("-3" + Journal.PACK));
        BackupException said = assertRefused("spool.corrupt", () -> put("snapshots/1"));
        assertTrue(said.getMessage().contains("packs/2") && said.getMessage().contains("packs/3"), said.getMessage());
        assertEquals(List.of("packs/2", "packs/3"), cartridges.damaged());
        put("snapshots/1");
        reopen();
        assertEquals(4, Blobs.list(pool, "").size());
    }

    @Test
    void packsOfAnotherVolumeAreLeftAlone() throws Exception {
        put("packs/1");
        Path theirs = file("-1" + Journal.PACK);
        BlobStore other = cartridges.store().pool(new PoolName("third"), Optional.empty(), SPOOL);
        Blobs.put(other, Keys.LABEL, Cartridges.label(new PoolName("third")));
        Path here = Files.createDirectories(cartridges.packs(new PoolName("third")));
        Files.copy(theirs, here.resolve(theirs.getFileName()));
        assertEquals(-1, other.size("packs/1"));
        assertTrue(Files.exists(here.resolve(theirs.getFileName() + Journal.ASIDE)));
    }

    @Test
    void aDiskThatIsFullHasPacksWaitForOthersToGetToTape() throws Exception {
        LosingDisk disk = new LosingDisk(Integer.MAX_VALUE);
        cartridges.spooling(SPOOL, disk);
        reopen();
        put("packs/1", "packs/2");
        disk.full(true);
        cartridges.watched().before((name, number) -> {
            if (name.equals("sync")) {
                disk.full(false);
            }
        });
        put("packs/3");
        put("snapshots/1");
        assertArrayEquals(content("packs/3"), Blobs.get(pool, "packs/3", 0, SIZE));
        disk.full(true);
        cartridges.watched().before((name, number) -> {});
        assertRefused("device.full", () -> put("packs/4"));
        assertEquals(-1, pool.size("packs/4"));
        disk.full(false);
        put("packs/4", "snapshots/2");
        reopen();
        assertEquals(7, Blobs.list(pool, "").size());
    }
}
