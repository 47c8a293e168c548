package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FileCut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of a tree store as a power loss may leave them: what came after the last sync is there in any mixture of sectors, and new files
 * may be missing. Every page that was synced is there; one that the store says it has is whole, or the next backup would not send it again.
 */
@Timeout(600)
class TreePowerCutTest {

    private static final int CUTS = Seeds.slow() ? 1000 : 20;

    @TempDir
    Path dir;

    @Test
    void keepsWhatWasSyncedAndNeverClaimsWhatIsTorn() throws Exception {
        long start = Seeds.start();
        SomePages pages = new SomePages();
        for (int i = 0; i < CUTS; i++) {
            try {
                cut(pages, start + i);
            } catch (BackupException | AssertionError e) {
                throw new AssertionError("seed " + (start + i) + ": " + e.getMessage(), e);
            }
        }
    }

    private void cut(SomePages pages, long seed) throws Exception {
        Random random = Seeds.random(seed);
        long rollBytes = 2000 + random.nextInt(40_000);
        Path folder = Files.createDirectories(dir.resolve("trees"));
        new FileCut(Map.of()).writeTo(folder);
        List<ByteBuffer> synced = new ArrayList<>();
        List<ByteBuffer> all = new ArrayList<>();
        FileCut before = FileCut.of(folder);
        // Several losses one after the other: what one leaves is what the next begins with.
        for (int life = 1 + random.nextInt(3); life > 0; life--) {
            FileCut after;
            try (TreeStore store = TreeStore.open(folder, rollBytes, channel -> channel.force(false))) {
                // Opening makes durable what it keeps.
                before = FileCut.of(folder);
                assertThere(store, synced);
                whatItHasIsWhole(store, all);
                for (int i = random.nextInt(20); i > 0; i--) {
                    ByteBuffer frame = pages.frame(random, 100 + random.nextInt(8000));
                    all.add(frame);
                    store.append(frame);
                    if (random.nextInt(8) == 0) {
                        store.sync();
                        synced = new ArrayList<>(all.stream().filter(one -> has(store, one)).toList());
                        before = FileCut.of(folder);
                    }
                }
                after = FileCut.of(folder);
            }
            before = before.torn(after, random);
            before.writeTo(folder);
        }
        try (TreeStore store = TreeStore.open(folder, rollBytes, channel -> channel.force(false))) {
            assertThere(store, synced);
            whatItHasIsWhole(store, all);
            for (ByteBuffer frame : all) {
                store.append(frame.duplicate());
            }
            store.sync();
            assertThere(store, all);
        }
    }

    private static boolean has(TreeStore store, ByteBuffer frame) {
        try {
            return store.has(SomePages.id(frame));
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertThere(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(has(store, frame), "a synced page is gone");
            assertEquals(SomePages.id(frame), store.frame(SomePages.id(frame)).header().id());
        }
    }

    private static void whatItHasIsWhole(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            if (has(store, frame)) {
                store.frame(SomePages.id(frame));
            }
        }
    }
}
