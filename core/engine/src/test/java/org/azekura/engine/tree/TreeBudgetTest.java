package org.azekura.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** What a change in a huge directory costs, counted in pages: 100,000 entries in the quick check, a million in the slow one. */
class TreeBudgetTest {

    private static final int ENTRIES = Seeds.slow() ? 1_000_000 : 100_000;
    /** Pages from the top to an entry. */
    private static final int LEVELS = 3;
    private static final long SEED = 11;

    private final ChunkNamer namer = new ChunkNamer(new byte[ChunkNamer.KEY_BYTES]);

    /** Counts pages that are not among those of another tree. */
    private static final class NewPages implements PageSink {

        final Set<ChunkId> ids = new HashSet<>();
        private final Set<ChunkId> known;
        int pages;
        long bytes;

        NewPages(Set<ChunkId> known) {
            this.known = known;
        }

        @Override
        public void page(ChunkId id, Page page) {
            if (ids.add(id) && !known.contains(id)) {
                pages++;
                bytes += page.clear().length + page.plain().length;
            }
        }
    }

    private NewPages write(Set<ChunkId> known, Set<Integer> changed, int added) throws BackupException {
        Random random = new Random(SEED);
        NewPages sink = new NewPages(known);
        TreeWriter writer = new TreeWriter(namer, sink);
        for (int i = 0; i < ENTRIES; i++) {
            ChunkId chunk = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            writer.add(file("file-%08d".formatted(i), chunk, changed.contains(i) ? 2 : 1));
            if (i == added) {
                writer.add(file("file-%08d-added".formatted(i), chunk, 1));
            }
        }
        writer.finish();
        return sink;
    }

    private static Entry file(String name, ChunkId chunk, long second) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), Entry.Type.FILE, 0644, 0, 0, "root", "root", 1000, Instant.ofEpochSecond(second),
                Instant.ofEpochSecond(second), 0, null, 0, 0, List.of(), new Entry.Content.Inline(List.of(new Extent(chunk, 0, 1000)), null), false);
    }

    @Test
    void anUnchangedDirectoryCostsNothingAndAChangeAFewPages() throws BackupException {
        Set<ChunkId> before = write(Set.of(), Set.of(), -1).ids;
        NewPages unchanged = write(before, Set.of(), -1);
        assertEquals(0, unchanged.pages);
        assertEquals(0, unchanged.bytes);

        NewPages one = write(before, Set.of(ENTRIES / 3), -1);
        assertTrue(one.pages >= 1 && one.pages <= LEVELS, one.pages + " pages for one changed entry");

        // A new entry may move the ends of its page, and so of the next.
        NewPages added = write(before, Set.of(), ENTRIES / 2);
        assertTrue(added.pages >= 1 && added.pages <= 3 * LEVELS, added.pages + " pages for a new entry");

        Random random = new Random(SEED);
        Set<Integer> some = new TreeSet<>();
        while (some.size() < 100) {
            some.add(random.nextInt(ENTRIES));
        }
        NewPages scattered = write(before, some, -1);
        assertTrue(scattered.pages <= 100 * LEVELS, scattered.pages + " pages for a hundred changed entries");
        System.out.println("directory of " + ENTRIES + " entries, " + before.size() + " pages: 1 changed, " + one.pages + " pages (" + one.bytes
                + " bytes); 1 new, " + added.pages + "; 100 changed, " + scattered.pages);
    }
}
