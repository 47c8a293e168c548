package org.azekura.engine.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;

/** Entries and pages for a fuzzer to begin with; always the same. */
public final class TreeSeeds {

    /** What the chunks of {@link #plans} are. */
    public static final List<ChunkId> PLANNED = List.of(new ChunkId(1, 0, 0, 0), new ChunkId(2, 0, 0, 0), new ChunkId(3, 0, 0, 0));

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

    /** Parts of plans: of one, of some, of many. */
    public List<byte[]> plans() {
        return List.of(plan(1), plan(10), plan(200));
    }

    private byte[] plan(int entries) {
        List<RestorePlan.Part> parts = new ArrayList<>();
        RawPath directory = RawPath.of("");
        for (Entry entry : some.sorted(entries)) {
            List<Extent> extents = entry.type() == Entry.Type.FILE ? List.of(new Extent(PLANNED.get(some.random().nextInt(3)), 0, 10)) : List.of();
            Entry.Content content = extents.isEmpty() ? new Entry.Content.None() : new Entry.Content.Inline(extents, null);
            parts.add(new RestorePlan.Part(below(directory, entry), entry.with(content), some.random().nextInt(1000), true));
            directory = some.random().nextInt(3) == 0 ? parts.getLast().path() : directory;
        }
        return new PlanWriter().parts(parts, PLANNED);
    }

    private static RawPath below(RawPath directory, Entry entry) {
        return (directory.bytes().length == 0 ? RawPath.of("/") : directory).child(entry.name());
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
