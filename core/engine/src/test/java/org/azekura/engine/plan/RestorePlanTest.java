package org.azekura.engine.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;
import org.junit.jupiter.api.Test;

class RestorePlanTest {

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final Map<ChunkId, Page> pages = new HashMap<>();
    private final List<Batch> batches = new ArrayList<>();

    private record Batch(List<RestorePlan.Part> parts, Set<ChunkId> chunks, List<PathProblem> problems) {}

    private ChunkId chunk(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    private Entry entry(String name, Entry.Type type, long size, Entry.Content content) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, 0644, 0, 0, "root", "root", size, Instant.EPOCH, Instant.EPOCH, 0, null,
                0, 0, List.of(), content, false);
    }

    private ChunkId tree(Entry... entries) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages::put);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    private void plan(ChunkId root, String... paths) throws BackupException {
        plan(root, null, new ArrayList<>(), paths);
    }

    private void plan(ChunkId root, RawPath behind, List<String> done, String... paths) throws BackupException {
        TreeReader reader = new TreeReader(id -> {
            if (!pages.containsKey(id)) {
                throw BackupException.corrupt("tree.missing", id.toString(), "no page " + id);
            }
            return pages.get(id);
        });
        new RestorePlan(reader, java.util.Arrays.stream(paths).map(RawPath::of).toList(), (parts, chunks, problems) -> batches.add(
                new Batch(parts, chunks, problems))).behind(behind, (parts, chunks, problems) -> {
                    assertEquals(Set.of(), chunks);
                    parts.forEach(part -> done.add(part.path().toString()));
                }).run(root);
    }

    private List<String> paths() {
        return batches.stream().flatMap(batch -> batch.parts.stream()).map(part -> part.path().toString()).toList();
    }

    @Test
    void namesADirectoryBeforeWhatIsInIt() throws BackupException {
        ChunkId inner = tree(entry("f", Entry.Type.FIFO, 0, new Entry.Content.None()));
        plan(tree(entry("a", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(inner)),
                entry("b", Entry.Type.FIFO, 0, new Entry.Content.None())));
        assertEquals(List.of("/a", "/a/f", "/b"), paths());
    }

    @Test
    void goesDownATreeFarDeeperThanAThreadsStack() throws BackupException {
        ChunkId tree = tree(entry("f", Entry.Type.FIFO, 0, new Entry.Content.None()));
        for (int level = 0; level < 5000; level++) {
            tree = tree(entry("d", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(tree)), entry("e", Entry.Type.FIFO, 0, new Entry.Content.None()));
        }
        plan(tree);
        List<String> paths = paths();
        assertEquals(10_001, paths.size());
        assertEquals("/d".repeat(5000) + "/f", paths.get(5000));
        assertEquals("/e", paths.getLast());
    }

    @Test
    void goesOnBehindASubdirectoryInTheMiddleOfAHugeDirectory() throws BackupException {
        ChunkId inner = tree(entry("f", Entry.Type.FIFO, 0, new Entry.Content.None()));
        List<Entry> entries = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            String name = "n%05d".formatted(i);
            boolean directory = i % 1000 == 7;
            entries.add(entry(name, directory ? Entry.Type.DIRECTORY : Entry.Type.FIFO, 0,
                    directory ? new Entry.Content.Directory(inner) : new Entry.Content.None()));
            expected.add("/" + name);
            if (directory) {
                expected.add("/" + name + "/f");
            }
        }
        plan(tree(entries.toArray(Entry[]::new)));
        assertEquals(expected, paths());
    }

    @Test
    void behindAPathItHasAllAndBeforeItWhatComesAtTheEnd() throws BackupException {
        ChunkId inner = tree(entry("x", Entry.Type.FIFO, 0, new Entry.Content.None()), linked("y"), entry("z", Entry.Type.FIFO, 0, new Entry.Content.None()));
        ChunkId root = tree(entry("a", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(inner)),
                entry("a-b", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(inner)), entry("b", Entry.Type.FIFO, 0, new Entry.Content.None()));
        List<String> done = new ArrayList<>();
        plan(root, RawPath.of("/a-b/x"), done);
        // "/a/..." comes before "/a-b", though "-" is less than "/"
        assertEquals(List.of("/a", "/a/y", "/a-b"), done);
        assertEquals(List.of("/a-b/y", "/a-b/z", "/b"), paths());
    }

    private Entry linked(String name) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), Entry.Type.FIFO, 0644, 0, 0, "root", "root", 0, Instant.EPOCH, Instant.EPOCH, 1, null,
                0, 0, List.of(), new Entry.Content.None(), false);
    }

    @Test
    void takesOnlyWhatIsWantedAndTheWayToIt() throws BackupException {
        ChunkId inner = tree(entry("f", Entry.Type.FIFO, 0, new Entry.Content.None()), entry("g", Entry.Type.FIFO, 0,
                new Entry.Content.None()));
        plan(tree(entry("a", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(inner)),
                entry("b", Entry.Type.FIFO, 0, new Entry.Content.None())), "/a/g");
        assertEquals(List.of("/a", "/a/g"), paths());
    }

    @Test
    void cutsALargeFileIntoPartsThatFollowEachOther() throws BackupException {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            extents.add(new Extent(chunk(i), 0, 1000 + i));
        }
        long size = extents.stream().mapToLong(Extent::length).sum();
        plan(tree(entry("big", Entry.Type.FILE, size, ExtentWriter.content(extents, null, namer, pages::put))));
        List<Extent> seen = new ArrayList<>();
        long at = 0;
        for (Batch batch : batches) {
            assertTrue(batch.chunks.size() <= RestorePlan.MAX_CHUNKS);
            for (RestorePlan.Part part : batch.parts) {
                assertEquals(at, part.from());
                List<Extent> some = ((Entry.Content.Inline) part.entry().content()).extents();
                seen.addAll(some);
                at += some.stream().mapToLong(Extent::length).sum();
                assertEquals(at == size, part.last());
            }
        }
        assertEquals(extents, seen);
    }

    @Test
    void eachBatchNamesEveryChunkItsEntriesNeed() throws BackupException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(entry("f%05d".formatted(i), Entry.Type.FILE, 10, new Entry.Content.Inline(List.of(new Extent(chunk(i / 7), i % 7,
                    10)), new byte[32])));
        }
        plan(tree(entries.toArray(Entry[]::new)));
        assertEquals(5000, paths().size());
        for (Batch batch : batches) {
            Set<ChunkId> needed = new HashSet<>();
            for (RestorePlan.Part part : batch.parts) {
                ((Entry.Content.Inline) part.entry().content()).extents().forEach(extent -> needed.add(extent.chunk()));
            }
            assertEquals(needed, batch.chunks);
            assertTrue(batch.parts.size() <= RestorePlan.MAX_ENTRIES);
        }
    }

    @Test
    void anUnreadableDirectoryCostsOnlyWhatIsInIt() throws BackupException {
        plan(tree(entry("a", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(chunk(99))),
                entry("b", Entry.Type.FIFO, 0, new Entry.Content.None())));
        assertEquals(List.of("/a", "/b"), paths());
        assertArrayEquals(RawPath.of("/a").bytes(), batches.getFirst().problems.getFirst().path().bytes());
    }
}
