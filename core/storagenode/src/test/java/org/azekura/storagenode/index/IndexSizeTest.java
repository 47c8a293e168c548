package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a chunk costs: packs of 32 chunks, as of 32 MiB of data, and a session for every thousand packs. */
class IndexSizeTest {

    private static final int CHUNKS_PER_PACK = 32;
    private static final int PACKS_PER_SESSION = 1_000;
    /** A few hundred bytes for each of the few sessions. */
    private static final long HEAP = 2 << 20;

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();

    /** Adds packs until there are so many chunks. */
    private static void fill(ChunkIndex index, Packs packs, long chunks) throws BackupException {
        for (long pack = index.packs(); pack * CHUNKS_PER_PACK < chunks; pack++) {
            if (pack % PACKS_PER_SESSION == 0) {
                packs.session = packs.session();
            }
            Packs.add(index, packs.pack(packs.chunks(CHUNKS_PER_PACK)));
        }
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Every few steps, so that some sizes are right behind the growing of a table, or of all. */
    @Test
    void aChunkTakesAtMostSixtyFourBytesAtAnySize() throws Exception {
        Packs packs = new Packs(seed);
        double worst = 0;
        try (ChunkIndex index = Packs.open(dir)) {
            for (long chunks = 20_000; chunks < 400_000; chunks += chunks / 37) {
                fill(index, packs, chunks);
                long counted = Math.max(index.memory(), filesOnDisk());
                double each = (double) counted / index.chunks();
                assertTrue(each <= 64, each + " bytes a chunk at " + index.chunks() + ", seed " + seed);
                worst = Math.max(worst, each);
            }
        }
        System.out.printf("chunk index: at most %.1f bytes a chunk from 20,000 to 400,000 chunks%n", worst);
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private void measure(long chunks) throws Exception {
        try (ChunkIndex index = Packs.open(dir)) {
            fill(index, new Packs(seed), 10_000);
            long before = heap();
            long start = System.nanoTime();
            Packs packs = new Packs(seed + 1);
            fill(index, packs, chunks);
            long entering = System.nanoTime() - start;
            double each = (double) index.memory() / index.chunks();
            long grown = heap() - before;

            // The same numbers again give the ids that were entered; others give ids that are not there.
            Packs again = new Packs(seed + 1);
            long lookups = 0;
            start = System.nanoTime();
            JobPins pins = index.pins();
            for (long pack = 10_000 / CHUNKS_PER_PACK + 1; pack < chunks / CHUNKS_PER_PACK; pack++) {
                if (pack % PACKS_PER_SESSION == 0) {
                    again.session = again.session();
                }
                List<ChunkId> entered = again.chunks(CHUNKS_PER_PACK);
                again.pack(List.of());
                for (ChunkId chunk : entered) {
                    assertTrue(index.known(pins, Packs.GROUP, chunk));
                    assertEquals(false, index.known(pins, Packs.GROUP, new ChunkId(chunk.d(), chunk.c(), chunk.b(), chunk.a())));
                    lookups += 2;
                }
            }
            double rate = lookups * 1e9 / (System.nanoTime() - start);
            start = System.nanoTime();
            index.clearMarks();
            index.count();
            double pass = (System.nanoTime() - start) / 1e6;
            System.out.printf("chunk index: %,d chunks, %.1f bytes each, heap grew by %,d bytes, %,.0f entered/s, %,.0f lookups/s, two passes %.0f ms%n",
                    index.chunks(), each, grown, (index.chunks() - 10_000) * 1e9 / entering, rate, pass);
            assertTrue(each <= 64, each + " bytes a chunk");
            assertTrue(grown < HEAP, "the heap grew by " + grown);
        }
    }

    @Test
    void aMillionChunksLeaveTheHeapAsItIs() throws Exception {
        measure(1_000_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void tenMillionChunksLeaveTheHeapAsItIs() throws Exception {
        measure(10_000_000);
    }
}
