package org.azekura.client.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockMapsTest {

    private static final int BLOCK = MapForm.BLOCK_BYTES;

    /** A run of the file without hole and block border. */
    private record Piece(long at, int length) {}

    @TempDir
    Path dir;

    private final Random random = new Random(5);
    private BlockMaps maps;

    @BeforeEach
    void begin() {
        maps = new BlockMaps(dir.resolve("maps"));
    }

    private static FileStat stat(long inode) {
        return new FileStat(FileType.FILE, 0644, 0, 0, 1, inode, 1, 1 << 20, 2048, 10, 11, 12, 13, 0);
    }

    private ChunkId chunk() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private List<Extent> extents(int count) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            extents.add(random.nextInt(5) == 0 ? Extent.hole(1 + random.nextInt(100_000)) : new Extent(chunk(), random.nextInt(1000), 1 + random.nextInt(30_000)));
        }
        return extents;
    }

    /** By the plainest way there is: byte after byte. */
    private static List<Piece> pieces(List<Extent> extents) {
        List<Piece> pieces = new ArrayList<>();
        long at = 0;
        long start = 0;
        for (Extent extent : extents) {
            for (long i = 0; i < extent.length(); i++) {
                if (extent.isHole() || at % BLOCK == 0) {
                    if (start < at) {
                        pieces.add(new Piece(start, (int) (at - start)));
                    }
                    start = extent.isHole() ? at + 1 : at;
                }
                at++;
            }
        }
        if (start < at) {
            pieces.add(new Piece(start, (int) (at - start)));
        }
        return pieces;
    }

    private byte[] hash(Piece piece) {
        byte[] hash = new byte[BlockHash.HASH_BYTES];
        new Random(piece.at).nextBytes(hash);
        return hash;
    }

    private Entry.Content write(FileStat stat, List<Extent> extents) {
        MapWriter writer = maps.begin(null);
        pieces(extents).forEach(piece -> writer.block(hash(piece)));
        extents.forEach(writer::extent);
        Entry.Content content = new Entry.Content.Inline(extents, null);
        writer.finish(stat, content, 4711);
        return content;
    }

    @Test
    void aMapKnowsEveryPieceAndEveryExtentOfManyPages() throws Exception {
        List<Extent> extents = extents(6000);
        Entry.Content content = write(stat(1), extents);
        try (MapReader map = maps.find(MapName.of(stat(1)), content)) {
            assertEquals(4711, map.stored());
            List<Piece> pieces = pieces(extents);
            assertTrue(pieces.size() > 9000, "not enough for three pages: " + pieces.size());
            for (Piece piece : pieces) {
                if (random.nextInt(10) > 0) {
                    byte[] other = hash(piece);
                    other[random.nextInt(other.length)] ^= 1;
                    int kind = random.nextInt(4);
                    assertEquals(kind == 0, switch (kind) {
                        case 0 -> map.same(piece.at, piece.length, hash(piece));
                        case 1 -> map.same(piece.at, piece.length, other);
                        case 2 -> map.same(piece.at, piece.length + 1, hash(piece));
                        default -> map.same(piece.at, piece.length - 1, hash(piece));
                    }, piece.toString());
                }
            }
            long at = 0;
            for (Extent extent : extents) {
                if (!extent.isHole()) {
                    List<Extent> found = new ArrayList<>();
                    long middle = at + random.nextLong(extent.length());
                    map.slices(at, middle, found::add);
                    map.slices(middle, at + extent.length(), found::add);
                    assertEquals(extent.length(), found.stream().mapToLong(Extent::length).sum());
                    assertTrue(found.stream().allMatch(slice -> slice.chunk().equals(extent.chunk())));
                    assertEquals(extent.offset(), found.getFirst().offset());
                }
                at += extent.length();
            }
            assertFalse(map.same(at, BLOCK, new byte[16]));
        }
    }

    @Test
    void aMapIsOnlyThatOfItsContent() throws Exception {
        List<Extent> extents = extents(10);
        Entry.Content content = write(stat(1), extents);
        List<Extent> others = new ArrayList<>(extents);
        others.set(3, new Extent(chunk(), 0, extents.get(3).length() % 30_000 + 1));
        assertNull(maps.find(MapName.of(stat(1)), new Entry.Content.Inline(others, null)));
        assertNull(maps.find(MapName.of(stat(1)), new Entry.Content.Paged(chunk(), 10, null)));
        assertNull(maps.find(MapName.of(stat(1)), new Entry.Content.None()));
        assertNull(maps.find(MapName.of(stat(2)), content));
        maps.find(MapName.of(stat(1)), content).close();
    }

    @Test
    void everyDamagedByteIsFoundBeforeItIsBelieved() throws Exception {
        List<Extent> extents = List.of(new Extent(chunk(), 5, 20_000), Extent.hole(4096), new Extent(chunk(), 0, 9000));
        Entry.Content content = write(stat(1), extents);
        Path file = maps.file(MapName.of(stat(1)));
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            // The key alone is not covered: with another one nothing is the same.
            if (i >= MapForm.HEAD_BYTES - BlockHash.KEY_BYTES && i < MapForm.HEAD_BYTES) {
                continue;
            }
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            MapReader map = maps.find(MapName.of(stat(1)), content);
            if (map != null) {
                assertThrows(DamagedMapException.class, () -> readAll(map, extents), "byte " + i);
                map.close();
            }
        }
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertNull(maps.find(MapName.of(stat(1)), content), "cut at " + length);
        }
    }

    private void readAll(MapReader map, List<Extent> extents) throws Exception {
        for (Piece piece : pieces(extents)) {
            assertTrue(map.same(piece.at, piece.length, hash(piece)));
        }
        map.slices(0, 20_000, extent -> {});
        map.slices(24_096, 33_096, extent -> {});
    }

    @Test
    void whatIsNotFinishedLeavesNothing() throws Exception {
        MapWriter writer = maps.begin(null);
        for (int i = 0; i < 10_000; i++) {
            writer.block(new byte[BlockHash.HASH_BYTES]);
        }
        try (var files = Files.list(dir.resolve("maps"))) {
            assertEquals(1, files.count());
        }
        maps.close();
        try (var files = Files.list(dir.resolve("maps"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void hashesDependOnContentPlaceAndKey() {
        byte[] block = new byte[BLOCK];
        random.nextBytes(block);
        BlockHash hash = maps.begin(null).hash();
        byte[] found = hash.of(block, 0, BLOCK, 0);
        assertFalse(Arrays.equals(found, hash.of(block, 0, BLOCK, BLOCK)));
        assertFalse(Arrays.equals(found, hash.of(block, 0, BLOCK - 1, 0)));
        assertFalse(Arrays.equals(found, maps.begin(null).hash().of(block, 0, BLOCK, 0)));
        block[BLOCK - 1] ^= 1;
        assertFalse(Arrays.equals(found, new BlockHash(hash.key()).of(block, 0, BLOCK, 0)));
        block[BLOCK - 1] ^= 1;
        assertTrue(Arrays.equals(found, new BlockHash(hash.key()).of(block, 0, BLOCK, 0)));
    }

    @Test
    void aFileThatWasMetBeforeGetsFinerBlocksAndKeepsTheirKey() throws Exception {
        List<Extent> extents = List.of(new Extent(chunk(), 0, 10_000));
        Entry.Content content = new Entry.Content.Inline(extents, null);
        write(stat(1), extents);
        byte[] key;
        try (MapReader first = maps.find(MapName.of(stat(1)), content)) {
            assertEquals(8192, first.blockBytes());
            MapWriter finer = maps.begin(first);
            assertEquals(4096, finer.blockBytes());
            key = finer.hash().key();
            assertFalse(Arrays.equals(first.hash().key(), key));
            for (int i = 0; i < 3; i++) {
                finer.block(hash(new Piece(i, 1)));
            }
            finer.extent(extents.getFirst());
            finer.finish(stat(2), content, 1);
        }
        try (MapReader second = maps.find(MapName.of(stat(2)), content)) {
            assertEquals(4096, second.blockBytes());
            assertTrue(second.same(0, 4096, hash(new Piece(0, 1))));
            assertTrue(second.same(8192, 1808, hash(new Piece(2, 1))));
            assertTrue(Arrays.equals(key, maps.begin(second).hash().key()));
        }
    }
}
