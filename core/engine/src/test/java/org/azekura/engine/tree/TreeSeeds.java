package org.azekura.engine.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;

/** Entries and pages for a fuzzer to begin with; always the same. */
public final class TreeSeeds {

    private static final int MOST_PAGES = 64;

    private final RandomEntries some = new RandomEntries(new Random(7));
    private final ChunkNamer namer = new ChunkNamer(new byte[ChunkNamer.KEY_BYTES]);

    public List<byte[]> entries() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(EntryCodec.encode(some.entry()));
        }
        return entries;
    }

    public List<byte[]> clearParts() {
        return List.of(PageRefs.encode(List.of()), PageRefs.encode(List.of(new Ref(some.chunk(), ChunkKind.DATA),
                new Ref(some.chunk(), ChunkKind.TREE))));
    }

    /** Runs of pages: an empty directory, a small one, one of several pages, the first page on top. */
    public List<byte[]> runs() {
        return List.of(run(0), run(5), run(600));
    }

    private byte[] run(int entries) {
        Map<ChunkId, Page> pages = new LinkedHashMap<>();
        try {
            TreeWriter writer = new TreeWriter(namer, pages::put);
            for (Entry entry : some.sorted(entries)) {
                writer.add(entry);
            }
            ChunkId top = writer.finish();
            List<Page> run = new ArrayList<>(List.of(pages.remove(top)));
            run.addAll(pages.values());
            return joined(run);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** Long lists of extents: their number (8) and their pages. */
    public List<byte[]> extentRuns() {
        List<byte[]> runs = new ArrayList<>();
        for (int count : new int[] {ExtentWriter.MAX_INLINE + 1, 4000}) {
            Map<ChunkId, Page> pages = new LinkedHashMap<>();
            try {
                Entry.Content.Paged content = (Entry.Content.Paged) ExtentWriter.content(some.extents(count), null, namer, pages::put);
                List<Page> run = new ArrayList<>(List.of(pages.remove(content.list())));
                run.addAll(pages.values());
                byte[] joined = joined(run);
                runs.add(ByteBuffer.allocate(8 + joined.length).putLong(count).put(joined).array());
            } catch (BackupException e) {
                throw new AssertionError(e);
            }
        }
        return runs;
    }

    private static byte[] joined(List<Page> run) {
        ByteBuffer joined = ByteBuffer.allocate(run.stream().mapToInt(page -> 8 + page.clear().length + page.plain().length).sum());
        run.forEach(page -> joined.putInt(page.clear().length).putInt(page.plain().length).put(page.clear()).put(page.plain()));
        return joined.array();
    }

    /** The pages of such a run, as far as it goes. */
    public static List<Page> pages(byte[] run, int begin) {
        ByteBuffer from = ByteBuffer.wrap(run).position(Math.min(begin, run.length));
        List<Page> pages = new ArrayList<>();
        while (from.remaining() > 8 && pages.size() < MOST_PAGES) {
            byte[] clear = new byte[Math.clamp(from.getInt(), 0, from.remaining() - 4)];
            byte[] plain = new byte[Math.clamp(from.getInt(), 0, from.remaining() - clear.length)];
            from.get(clear).get(plain);
            pages.add(new Page(clear, plain));
        }
        return pages;
    }

    /** Where a page stands in its run, by its id: the pages of a run have to be found by name. */
    public static Page named(List<Page> pages, ChunkId id) {
        ChunkNamer namer = new ChunkNamer(new byte[ChunkNamer.KEY_BYTES]);
        for (Page page : pages) {
            if (namer.tree(page.clear(), page.plain()).equals(id)) {
                return page;
            }
        }
        // A changed page has another name: any will do.
        return pages.get((int) Math.floorMod(id.d(), (long) pages.size()));
    }
}
