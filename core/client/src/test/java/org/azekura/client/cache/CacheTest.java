package org.azekura.client.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    private static final SnapshotId SNAPSHOT = new SnapshotId(1, 2);
    private static final SnapshotId NEXT = new SnapshotId(1, 3);
    private static final CacheFolder.Key KEY = new CacheFolder.Key(new ClientName("host"), new SaveSetName("set.a"), new PoolName("pool"));
    private static final Instant STARTED = Instant.ofEpochSecond(2000, 5);
    private static final int MANY = 3000;

    @TempDir
    Path dir;

    private CacheFolder folder;

    @BeforeEach
    void begin() throws Exception {
        folder = new CacheFolder(dir);
    }

    private static byte[] name(int i) {
        return "name%05d".formatted(i).getBytes(UTF_8);
    }

    private static Entry entry(byte[] name, int size, boolean unstable) {
        return new Entry(name, Entry.Type.FILE, 0644, 1, 2, "user", "group", size, Instant.ofEpochSecond(500, 6), Instant.ofEpochSecond(900, 7), 0,
                null, 0, 0, List.of(), new Entry.Content.None(), unstable);
    }

    private static FileStat stat(long inode, int size, long ctime) {
        return new FileStat(FileType.FILE, 0644, 1, 2, 1, inode, 77, size, 8, 500, 6, ctime, 7, 0);
    }

    private void write(SnapshotId snapshot) throws Exception {
        try (CacheWriter writer = folder.begin(KEY, snapshot, STARTED, new JobId(1))) {
            CacheWriter.DirectoryWriter root = writer.directory();
            CacheWriter.DirectoryWriter sub = writer.directory();
            for (int i = 0; i < MANY; i += 2) {
                sub.add(entry(name(i), i, i == 8), stat(i, i, i == 10 ? 1999 : 900), 0);
            }
            long at = sub.finish(new ChunkId(1, 1, 1, 1), List.of(new ChunkId(2, 2, 2, 2), new ChunkId(3, 3, 3, 3)));
            Entry directory = new Entry("sub".getBytes(UTF_8), Entry.Type.DIRECTORY, 0755, 0, 0, "", "", 0, Instant.EPOCH, Instant.EPOCH, 0, null, 0, 0,
                    List.of(), new Entry.Content.Directory(new ChunkId(1, 1, 1, 1)), false);
            root.add(directory, new FileStat(FileType.DIRECTORY, 0755, 0, 0, 2, 5, 77, 4096, 8, 0, 0, 0, 0, 0), at);
            writer.finish(root.finish(new ChunkId(4, 4, 4, 4), List.of()));
        }
    }

    @Test
    void givesBackEntriesOfManyBlocksInOrder() throws Exception {
        write(SNAPSHOT);
        try (Cache cache = folder.open(KEY, SNAPSHOT)) {
            assertEquals(new ChunkId(4, 4, 4, 4), cache.root().tree());
            CachedDirectory sub = cache.root().cursor().next().directory();
            assertEquals(MANY / 2, sub.entries());
            assertEquals(List.of(new ChunkId(2, 2, 2, 2), new ChunkId(3, 3, 3, 3)), sub.pages());
            CachedDirectory.Cursor cursor = sub.cursor();
            for (int i = 0; i < MANY; i += 2) {
                CachedEntry entry = cursor.next();
                assertEquals(i / 2, entry.ordinal());
                assertArrayEquals(name(i), entry.entry().name());
                assertNull(entry.directory());
            }
            assertNull(cursor.next());
        }
    }

    @Test
    void findsNamesInRisingOrder() throws Exception {
        write(SNAPSHOT);
        try (Cache cache = folder.open(KEY, SNAPSHOT)) {
            CachedDirectory.Cursor cursor = cache.root().cursor().next().directory().cursor();
            for (int i = 0; i < MANY; i += 3) {
                assertEquals(i % 2 == 0, cursor.find(name(i)) != null, "name " + i);
            }
            assertNull(cursor.find("zzz".getBytes(UTF_8)));
        }
    }

    @Test
    void onlyWhatIsAllTheSameAndOldEnoughCountsAsUnchanged() throws Exception {
        write(SNAPSHOT);
        try (Cache cache = folder.open(KEY, SNAPSHOT)) {
            CachedDirectory.Cursor cursor = cache.root().cursor().next().directory().cursor();
            CachedEntry entry = cursor.find(name(6));
            assertTrue(entry.unchanged(stat(6, 6, 900)));
            assertFalse(entry.unchanged(stat(7, 6, 900)), "inode");
            assertFalse(entry.unchanged(stat(6, 7, 900)), "size");
            assertFalse(entry.unchanged(stat(6, 6, 901)), "ctime");
            assertFalse(cursor.find(name(8)).unchanged(stat(8, 8, 900)), "changed while it was read");
            assertFalse(cursor.find(name(10)).unchanged(stat(10, 10, 1999)), "too young");
        }
    }

    @Test
    void aCacheCountsWhenItsSnapshotIsCommitted() throws Exception {
        write(SNAPSHOT);
        folder.commit(SNAPSHOT);
        write(NEXT);
        try (Cache cache = folder.open(KEY, SNAPSHOT)) {
            assertNotNull(cache);
        }
        try (Cache cache = folder.open(KEY, NEXT)) {
            assertEquals(NEXT, cache.snapshot());
        }
        assertNull(folder.open(KEY, SNAPSHOT));
    }

    @Test
    void whatIsCutOrChangedAtItsEndsIsNoCache() throws Exception {
        write(SNAPSHOT);
        folder.commit(SNAPSHOT);
        List<Path> files = new ArrayList<>();
        try (var list = Files.list(dir)) {
            list.forEach(files::add);
        }
        Path file = files.getFirst();
        byte[] good = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 100, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertNull(folder.open(KEY, SNAPSHOT), "of " + length + " bytes");
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertNull(folder.open(KEY, SNAPSHOT));
    }
}
