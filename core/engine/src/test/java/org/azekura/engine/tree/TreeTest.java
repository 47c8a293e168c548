package org.azekura.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry.Content;
import org.azekura.engine.tree.Entry.Type;
import org.azekura.engine.tree.Entry.Xattr;
import org.junit.jupiter.api.Test;

class TreeTest {

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final PageMap pages = new PageMap();
    private final TreeReader reader = new TreeReader(pages);

    @Test
    void entriesComeBackInOrder() throws BackupException {
        RandomEntries some = RandomEntries.seeded("entriesComeBackInOrder");
        for (int count : new int[] {0, 1, 2, 10, 300, 20_000}) {
            List<Entry> entries = some.sorted(count);
            assertEquals(entries, read(reader, write(entries, pages), null));
        }
    }

    @Test
    void sameEntriesGiveSameTree() throws BackupException {
        List<Entry> entries = RandomEntries.seeded("sameEntriesGiveSameTree").sorted(3000);
        PageMap again = new PageMap();
        assertEquals(write(entries, pages), write(entries, again));
        assertEquals(pages.pages.keySet(), again.pages.keySet());
    }

    @Test
    void anEmptyDirectoryIsOnePage() throws BackupException {
        ChunkId tree = write(List.of(), pages);
        assertEquals(Set.of(tree), pages.pages.keySet());
        assertNull(reader.find(tree, new byte[] {'a'}));
    }

    @Test
    void seekingEqualsALinearScan() throws BackupException {
        RandomEntries some = RandomEntries.seeded("seekingEqualsALinearScan");
        List<Entry> entries = some.sorted(20_000);
        ChunkId tree = write(entries, pages);
        for (int i = 0; i < 300; i++) {
            byte[] name = i % 2 == 0 ? some.name() : entries.get(some.random().nextInt(entries.size())).name();
            List<Entry> behind = entries.stream().filter(e -> new RawPath(e.name()).compareTo(new RawPath(name)) > 0).limit(50).toList();
            List<Entry> found = new ArrayList<>();
            reader.entries(tree, name, e -> {
                found.add(e);
                return found.size() < 50;
            });
            assertEquals(behind, found);
            Entry there = entries.stream().filter(e -> new RawPath(e.name()).equals(new RawPath(name))).findFirst().orElse(null);
            assertEquals(there, reader.find(tree, name));
        }
    }

    @Test
    void clearPartsListExactlyWhatIsReferred() throws BackupException {
        List<Entry> entries = RandomEntries.seeded("clearPartsListExactlyWhatIsReferred").sorted(20_000);
        ChunkId tree = write(entries, pages);
        Set<Ref> expected = new HashSet<>();
        for (Entry e : entries) {
            switch (e.content()) {
                case Content.None none -> {}
                case Content.Directory d -> expected.add(new Ref(d.tree(), ChunkKind.TREE));
                case Content.Paged p -> expected.add(new Ref(p.list(), ChunkKind.TREE));
                case Content.Inline i -> i.extents().stream().filter(x -> !x.isHole()).forEach(x -> expected.add(new Ref(x.chunk(), ChunkKind.DATA)));
            }
        }
        pages.pages.keySet().stream().filter(id -> !id.equals(tree)).forEach(id -> expected.add(new Ref(id, ChunkKind.TREE)));
        Set<Ref> found = new HashSet<>();
        for (Page page : pages.pages.values()) {
            List<Ref> refs = PageRefs.parse(ByteBuffer.wrap(page.clear()));
            assertEquals(refs.size(), new HashSet<>(refs).size());
            found.addAll(refs);
        }
        assertEquals(expected, found);
    }

    @Test
    void aChangeAmongAMillionEntriesRewritesAFewPages() throws BackupException {
        int count = 1_000_000;
        ChunkId tree = million(count, -1, -1, pages);
        long bytes = pages.pages.values().stream().mapToLong(p -> p.plain().length).sum();
        System.out.println(pages.pages.size() + " pages, " + bytes / pages.pages.size() + " plain bytes each");
        assertTrue(pages.pages.size() > 100 && bytes / pages.pages.size() < 100_000);
        assertTrue(pages.pages.values().stream().allMatch(p -> p.plain().length <= PageCut.MAX + 16));

        PageMap changed = new PageMap();
        assertFalse(tree.equals(million(count, 654_321, -1, changed)));
        assertTrue(changed.without(pages).size() <= 4, () -> changed.without(pages).size() + " pages for a changed entry");
        PageMap inserted = new PageMap();
        million(count, -1, 123_456, inserted);
        assertTrue(inserted.without(pages).size() <= 6, () -> inserted.without(pages).size() + " pages for a new entry");

        System.out.println(changed.without(pages).size() + " pages for a changed entry, " + inserted.without(pages).size() + " for a new one");

        pages.reads = 0;
        assertEquals(small("file-0777777", 777_777), reader.find(tree, "file-0777777".getBytes()));
        assertTrue(pages.reads <= 3, () -> pages.reads + " pages read to find one of a million");
    }

    private ChunkId million(int count, int changed, int inserted, PageMap to) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, to);
        for (int i = 0; i < count; i++) {
            writer.add(small("file-%07d".formatted(i), i == changed ? -1 : i));
            if (i == inserted) {
                writer.add(small("file-%07d-new".formatted(i), 0));
            }
        }
        return writer.finish();
    }

    private static Entry small(String name, int seconds) {
        return new Entry(name.getBytes(), Type.FILE, 0644, 1000, 1000, "user", "group", 1, Instant.ofEpochSecond(seconds), Instant.EPOCH, 0, null, 0,
                0, List.of(), new Content.Inline(List.of(new Extent(new ChunkId(seconds / 400, 0, 0, 1), seconds % 400 & 0xffff, 1)), null), false);
    }

    @Test
    void aHugeEntryHasAPageOfItsOwn() throws BackupException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int size = i == 15 ? 3 << 20 : 10;
            entries.add(EntryCodecTest.plain("e%02d".formatted(i).getBytes(), List.of(new Xattr("user.x".getBytes(), new byte[size]))));
        }
        ChunkId tree = write(entries, pages);
        assertEquals(entries, read(reader, tree, null));
        assertEquals(4, pages.pages.size());
    }

    @Test
    void refusesWhatNoPageCanHoldAndGoesOn() throws BackupException {
        Entry good = EntryCodecTest.plain("a".getBytes(), List.of());
        TreeWriter writer = new TreeWriter(namer, pages);
        writer.add(good);
        Entry large = EntryCodecTest.plain("b".getBytes(), List.of(new Xattr("user.x".getBytes(), new byte[4 << 20])));
        BackupException refused = assertThrows(BackupException.class, () -> writer.add(large));
        assertEquals("entry.large", refused.failure().code());
        assertTrue(refused.getMessage().contains("\"b\""), refused.getMessage());
        ChunkId alone = write(List.of(good), new PageMap());
        assertEquals(alone, writer.finish());
    }

    @Test
    void refusesNamesOutOfOrder() throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages);
        writer.add(EntryCodecTest.plain(new byte[] {(byte) 0x80}, List.of()));
        for (byte[] name : List.of(new byte[] {(byte) 0x80}, new byte[] {0x7f})) {
            Entry e = EntryCodecTest.plain(name, List.of());
            assertEquals("entry.order", assertThrows(BackupException.class, () -> writer.add(e)).failure().code());
        }
    }

    @Test
    void aPartOfAnExtentListIsFoundWithoutReadingTheRest() throws BackupException {
        RandomEntries some = RandomEntries.seeded("aPartOfAnExtentList");
        for (int count : new int[] {1, 3, 20_000}) {
            List<Extent> extents = some.extents(count).stream().map(x -> x.isHole() ? Extent.hole(1 + x.length() % 1_000_000) : x).toList();
            Content content = ExtentWriter.content(extents, null, namer, pages);
            int[] asked = {0};
            TreeReader counting = new TreeReader(id -> {
                asked[0]++;
                return pages.page(id);
            });
            long at = 0;
            for (int i = 0; i < count; at += extents.get(i++).length()) {
                if (i % 1_001 == 0 || i == count - 1) {
                    for (long from : new long[] {at, at + extents.get(i).length() - 1}) {
                        List<Extent> found = new ArrayList<>();
                        List<Long> places = new ArrayList<>();
                        asked[0] = 0;
                        counting.extents(content, from, (place, extent) -> {
                            places.add(place);
                            return found.add(extent) && found.size() < 2;
                        });
                        assertEquals(extents.subList(i, Math.min(count, i + 2)), found);
                        assertEquals(at, places.getFirst());
                        assertTrue(asked[0] <= 6, "pages read: " + asked[0]);
                    }
                }
            }
            counting.extents(content, at, (place, extent) -> {
                throw new AssertionError("behind the end");
            });
        }
    }

    @Test
    void extentListsComeBack() throws BackupException {
        RandomEntries some = RandomEntries.seeded("extentListsComeBack");
        for (int count : new int[] {0, 1, 256, 257, 50_000}) {
            List<Extent> extents = some.extents(count).stream().map(x -> x.isHole() ? Extent.hole(1 + x.length() % 1_000_000) : x).toList();
            Content content = ExtentWriter.content(extents, null, namer, pages);
            List<Extent> found = new ArrayList<>();
            reader.extents(content, found::add);
            assertEquals(extents, found);
            assertEquals(count > ExtentWriter.MAX_INLINE, content instanceof Content.Paged);
        }
    }

    @Test
    void aChangeInAHugeFileRewritesAFewPages() throws BackupException {
        RandomEntries some = RandomEntries.seeded("aChangeInAHugeFileRewritesAFewPages");
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            extents.add(new Extent(some.chunk(), 0, 1 << 20));
        }
        ExtentWriter.content(extents, null, namer, pages);
        extents.set(100_000, new Extent(some.chunk(), 0, 1 << 20));
        extents.add(50_000, new Extent(some.chunk(), 0, 1 << 20));
        PageMap changed = new PageMap();
        ExtentWriter.content(extents, null, namer, changed);
        System.out.println(changed.without(pages).size() + " of " + pages.pages.size() + " extent pages rewritten");
        assertTrue(pages.pages.size() > 50 && changed.without(pages).size() <= 10, () -> changed.without(pages).size() + " pages");
    }

    private ChunkId write(List<Entry> entries, PageMap to) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, to);
        for (Entry e : entries) {
            writer.add(e);
        }
        return writer.finish();
    }

    static List<Entry> read(TreeReader reader, ChunkId tree, byte[] after) throws BackupException {
        List<Entry> found = new ArrayList<>();
        reader.entries(tree, after, found::add);
        return found;
    }
}
