package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BlobStore} does. What its capabilities rule out must be refused. No key of a rule is a part of another's: a device may keep
 * folders that were emptied.
 */
public interface BlobStoreContract {

    /** The empty, open store of this test; the same one at every call. */
    BlobStore store();

    /** Closes this store as when its service goes. */
    void close() throws Exception;

    @Test
    default void keepsWhatWasWritten() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int size : new int[] {0, 1, 4096, 1_000_003, 5 << 20}) {
            String key = "packs/" + size;
            byte[] content = Blobs.put(store(), key, Blobs.random(random, size));
            assertEquals(size, store().size(key), "seed " + seed);
            assertArrayEquals(content, Blobs.get(store(), key, 0, size), "seed " + seed);
            int from = random.nextInt(size + 1);
            int length = random.nextInt(size - from + 1);
            assertArrayEquals(Arrays.copyOfRange(content, from, from + length), Blobs.get(store(), key, from, length),
                    "seed " + seed);
        }
    }

    @Test
    default void takesAndFillsExactlyWhatTheBufferMarksOut() throws Exception {
        int number = 0;
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100), ByteBuffer.allocate(120).slice(7, 100))) {
            String key = "blob-" + number++;
            for (int i = 0; i < 100; i++) {
                buffer.put(i, (byte) i);
            }
            buffer.limit(30).position(10);
            try (BlobWriter writer = store().create(key)) {
                writer.write(buffer);
                assertEquals(30, buffer.position());
                assertEquals(30, buffer.limit());
                writer.commit();
            }
            assertEquals(20, store().size(key));
            buffer.limit(60).position(50);
            assertEquals(10, store().read(key, 5, buffer));
            assertEquals(60, buffer.position());
            assertEquals(60, buffer.limit());
            buffer.clear();
            for (int i = 0; i < 100; i++) {
                assertEquals(i >= 50 && i < 60 ? i - 35 : i, buffer.get(i));
            }
        }
    }

    @Test
    default void readsNothingAtAndBehindTheEnd() throws Exception {
        Blobs.put(store(), "blob", new byte[10]);
        ByteBuffer into = ByteBuffer.allocate(4);
        assertEquals(0, store().read("blob", 10, into));
        assertEquals(0, store().read("blob", Long.MAX_VALUE / 2, into));
        assertEquals(0, into.position());
        assertEquals(3, store().read("blob", 7, into));
        assertEquals(3, into.position());
    }

    @Test
    default void saysWhenThereIsNoBlob() throws Exception {
        Blobs.put(store(), "packs/ab/pack", new byte[1]);
        for (String key : List.of("missing", "packs", "packs/ab", "packs/ab/pack/below", "packs/ab/pack/below/that")) {
            assertEquals(-1, store().size(key), key);
            assertRefused("blob.missing", () -> store().read(key, 0, ByteBuffer.allocate(1)));
        }
    }

    @Test
    default void showsNothingBeforeCommit() throws Exception {
        try (BlobWriter writer = store().create("packs/blob")) {
            writer.write(ByteBuffer.allocate(5000));
            assertEquals(-1, store().size("packs/blob"));
            assertEquals(Map.of(), Blobs.list(store(), ""));
            assertRefused("blob.missing", () -> store().read("packs/blob", 0, ByteBuffer.allocate(1)));
            writer.commit();
        }
        assertEquals(Map.of("packs/blob", 5000L), Blobs.list(store(), ""));
    }

    @Test
    default void dropsWhatIsClosedWithoutCommit() throws Exception {
        try (BlobWriter writer = store().create("blob")) {
            writer.write(ByteBuffer.allocate(5000));
        }
        assertEquals(-1, store().size("blob"));
        assertEquals(Map.of(), Blobs.list(store(), ""));
        Blobs.put(store(), "blob", new byte[1]);
    }

    @Test
    default void refusesTakenKeys() throws Exception {
        byte[] first = Blobs.put(store(), "blob", new byte[] {1});
        assertRefused("blob.exists", () -> store().create("blob"));
        try (BlobWriter one = store().create("other"); BlobWriter late = store().create("other")) {
            one.write(ByteBuffer.wrap(new byte[] {1}));
            late.write(ByteBuffer.wrap(new byte[] {2}));
            one.commit();
            assertRefused("blob.exists", late::commit);
        }
        assertArrayEquals(first, Blobs.get(store(), "other", 0, 1));
    }

    @Test
    default void letsOneOfManyHaveAKey() throws Exception {
        List<Boolean> won = Together.run(8, i -> {
            try (BlobWriter writer = store().create("new/blob")) {
                writer.write(ByteBuffer.wrap(new byte[] {(byte) i}));
                writer.commit();
                return true;
            } catch (BackupException e) {
                assertEquals("blob.exists", e.failure().code());
                return false;
            }
        });
        assertEquals(1, won.stream().filter(w -> w).count());
        assertEquals(won.indexOf(true), Blobs.get(store(), "new/blob", 0, 1)[0]);
    }

    @Test
    default void servesManyAtOnce() throws Exception {
        long seed = System.nanoTime();
        Together.run(8, i -> {
            Random random = new Random(seed + i);
            for (int n = 0; n < 8; n++) {
                String key = "many/" + i % 2 + "/" + i + "-" + n;
                byte[] content = Blobs.put(store(), key, Blobs.random(random, random.nextInt(100_000)));
                assertArrayEquals(content, Blobs.get(store(), key, 0, content.length), "seed " + seed);
            }
            return null;
        });
        assertEquals(64, Blobs.list(store(), "many/").size());
    }

    @Test
    default void showsAWholeBlobOrNone() throws Exception {
        if (!store().capabilities().atomicPut()) {
            return;
        }
        Together.run(2, i -> {
            if (i == 0) {
                Blobs.put(store(), "blob", new byte[3 << 20]);
                return null;
            }
            long size;
            do {
                size = store().size("blob");
                assertTrue(size == -1 || size == 3 << 20, "size " + size);
            } while (size < 0);
            return null;
        });
    }

    @Test
    default void listsByPrefix() throws Exception {
        Map<String, Long> all = new TreeMap<>();
        for (String key : List.of("label", "packs/3f/3f2a", "packs/3f/3fff", "packs/40/40aa", "packs-old", "snapshots/01")) {
            all.put(key, (long) key.length());
            Blobs.put(store(), key, new byte[key.length()]);
        }
        for (String prefix : List.of("", "p", "packs", "packs/", "packs/3", "packs/3f", "packs/3f/", "packs/3f/3f2a", "packs/3f/3f2a/",
                "x", "snapshots/01/x", "label", "labels", ".", "..")) {
            Map<String, Long> expected = new TreeMap<>(all);
            expected.keySet().removeIf(key -> !key.startsWith(prefix));
            assertEquals(expected, Blobs.list(store(), prefix), "prefix \"" + prefix + "\"");
        }
    }

    @Test
    default void takesEveryKeyTheRuleAllows() throws Exception {
        List<String> keys = List.of("a", "0", "-", "_", "...", ".hidden", "a..b", "e/...", "tmp/.tmp", "a".repeat(255),
                "b".repeat(255) + "/" + "b".repeat(255), "c/".repeat(255) + "cc");
        for (String key : keys) {
            Blobs.put(store(), key, new byte[] {7});
            assertEquals(1, store().size(key));
        }
        assertEquals(keys.size(), Blobs.list(store(), "").size());
    }

    @Test
    default void refusesEveryOtherKey() throws Exception {
        for (String key : List.of("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "a/.", "./a", "A", "ä", "a b", "a\\b",
                "a\0", "a\n", "%2e", "a".repeat(256), "d/".repeat(256) + "d")) {
            assertRefused("blob.key", () -> store().create(key));
            assertRefused("blob.key", () -> store().read(key, 0, ByteBuffer.allocate(1)));
            assertRefused("blob.key", () -> store().size(key));
            assertRefused("blob.key", () -> store().delete(key));
        }
        for (String prefix : List.of("/", "../", "a/../", "a//", "A", "a/./b")) {
            assertRefused("blob.key", () -> store().list(prefix, blob -> {}));
        }
    }

    @Test
    default void deletesOrRefusesTo() throws Exception {
        Blobs.put(store(), "packs/blob", new byte[3]);
        if (!store().capabilities().delete()) {
            assertThrows(BackupException.class, () -> store().delete("packs/blob"));
            assertEquals(3, store().size("packs/blob"));
            return;
        }
        for (String absent : List.of("packs", "missing", "missing/blob", "packs/blob/below", "packs/blob/below/that")) {
            store().delete(absent);
        }
        assertEquals(3, store().size("packs/blob"));
        store().delete("packs/blob");
        store().delete("packs/blob");
        assertEquals(-1, store().size("packs/blob"));
        assertEquals(Map.of(), Blobs.list(store(), ""));
        Blobs.put(store(), "packs/blob", new byte[4]);
        assertEquals(4, store().size("packs/blob"));
    }

    @Test
    default void putsABlobInThePlaceOfAnotherOrRefusesTo() throws Exception {
        byte[] old = Blobs.put(store(), "packs/blob", new byte[] {1, 2, 3});
        if (!store().capabilities().replace()) {
            assertRefused("device.unsupported", () -> store().replace("packs/blob"));
            assertArrayEquals(old, Blobs.get(store(), "packs/blob", 0, 9));
            return;
        }
        byte[] next = {9, 8, 7, 6};
        for (String key : List.of("packs/blob", "packs/new")) {
            try (BlobWriter writer = store().replace(key)) {
                writer.write(ByteBuffer.wrap(next));
                assertEquals(key.equals("packs/new") ? -1 : 3, store().size(key), key);
                writer.commit();
            }
            assertArrayEquals(next, Blobs.get(store(), key, 0, 9), key);
        }
        assertEquals(Map.of("packs/blob", 4L, "packs/new", 4L), Blobs.list(store(), ""));
        assertRefused("blob.exists", () -> store().create("packs/blob"));
        assertRefused("blob.key", () -> store().replace("../blob"));
    }

    @Test
    default void keepsTheOldBlobWhereItsReplacementIsDropped() throws Exception {
        if (!store().capabilities().replace()) {
            return;
        }
        byte[] old = Blobs.put(store(), "packs/blob", new byte[] {1, 2, 3});
        try (BlobWriter writer = store().replace("packs/blob")) {
            writer.write(ByteBuffer.allocate(5000));
        }
        assertArrayEquals(old, Blobs.get(store(), "packs/blob", 0, 9));
        assertEquals(Map.of("packs/blob", 3L), Blobs.list(store(), ""));
    }

    @Test
    default void readsTheOldOrTheNewBlobWhileItIsReplaced() throws Exception {
        if (!store().capabilities().replace()) {
            return;
        }
        Blobs.put(store(), "packs/blob", new byte[200_000]);
        Together.run(2, i -> {
            for (byte n = 1; n <= 8; n++) {
                if (i == 0) {
                    byte[] next = new byte[200_000];
                    Arrays.fill(next, n);
                    try (BlobWriter writer = store().replace("packs/blob")) {
                        writer.write(ByteBuffer.wrap(next));
                        writer.commit();
                    }
                } else {
                    byte[] read = Blobs.get(store(), "packs/blob", 0, 200_000);
                    assertEquals(200_000, read.length);
                    for (byte one : read) {
                        assertEquals(read[0], one);
                    }
                }
            }
            return null;
        });
        assertEquals(8, Blobs.get(store(), "packs/blob", 0, 1)[0]);
    }

    @Test
    default void knowsItsRoomAndPlace() throws Exception {
        BlobStore.Space space = store().space();
        assertTrue(space.capacity() == -1 && space.free() == -1 || space.free() >= 0 && space.free() <= space.capacity(), space.toString());
        assertTrue(!store().location().isBlank());
    }

    @Test
    default void refusesAllWhenClosed() throws Exception {
        Blobs.put(store(), "blob", new byte[1]);
        try (BlobWriter open = store().create("late")) {
            close();
            assertRefused("device.closed", () -> open.write(ByteBuffer.allocate(1)));
        }
        assertRefused("device.closed", () -> store().create("other"));
        assertRefused("device.closed", () -> store().read("blob", 0, ByteBuffer.allocate(1)));
        assertRefused("device.closed", () -> store().size("blob"));
        assertRefused("device.closed", () -> store().list("", blob -> {}));
        assertRefused("device.closed", () -> store().delete("blob"));
        assertRefused("device.closed", () -> store().space());
    }
}
