package org.azekura.server.job.mount;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.api.message.MountAnswer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;

/** One snapshot's tree, read where it is asked for. One thread. */
final class MountedTree {

    /** As many as a client can hold keys of at once. */
    private static final int MAX_EXTENTS = 256;
    private static final int MAX_CHUNKS = 128;
    private static final int MAX_ENTRIES = 2_000;
    private static final int MAX_BYTES = 1 << 20;
    /** Of a file with more extents nobody counts the holes. */
    private static final long COUNTED_EXTENTS = 1 << 16;

    private final TreeReader trees;
    private final ChunkId root;
    private final LinkNames links;

    MountedTree(TreeReader trees, ChunkId root) {
        this.trees = trees;
        this.root = root;
        this.links = new LinkNames(trees, root);
    }

    MountAnswer.Entries look(RawPath path) throws BackupException {
        Entry entry = find(path);
        return entry == null ? new MountAnswer.Entries(new byte[0], List.of(), false) : entries(List.of(plain(path, entry)), List.of(facts(entry)), false);
    }

    /** @param after empty for all */
    MountAnswer.Entries list(RawPath directory, byte[] after, int limit) throws BackupException {
        Entry found = directory.names().isEmpty() ? null : require(directory);
        ChunkId tree = found == null ? root : found.content() instanceof Entry.Content.Directory(ChunkId below) ? below : null;
        Page page = new Page(directory, Math.clamp(limit, 1, MAX_ENTRIES));
        if (tree != null) {
            trees.entries(tree, after.length == 0 ? null : after, page::take);
        }
        return entries(page.parts, page.facts, page.more);
    }

    private final class Page {

        final RawPath directory;
        final int limit;
        final List<RestorePlan.Part> parts = new ArrayList<>();
        final List<MountAnswer.Facts> facts = new ArrayList<>();
        long bytes;
        boolean more;

        Page(RawPath directory, int limit) {
            this.directory = directory;
            this.limit = limit;
        }

        boolean take(Entry entry) throws BackupException {
            bytes += entry.name().length + entry.xattrs().stream().mapToLong(xattr -> xattr.name().length + xattr.value().length).sum();
            more = parts.size() == limit || bytes > MAX_BYTES && !parts.isEmpty();
            if (!more) {
                parts.add(plain(directory.child(entry.name()), entry));
                facts.add(facts(entry));
            }
            return !more;
        }
    }

    /** Where a part of a file lies. {@code part}: null if there is nothing from the place on that was asked for */
    record Range(RestorePlan.Part part, Set<ChunkId> chunks) {}

    Range range(RawPath file, long from, long length) throws BackupException {
        Entry entry = require(file);
        List<Extent> extents = new ArrayList<>();
        Set<ChunkId> chunks = new LinkedHashSet<>();
        long[] begin = {-1};
        trees.extents(entry.content(), from, (at, extent) -> {
            boolean fits = extents.isEmpty() || at - from < length && extents.size() < MAX_EXTENTS && chunks.size() < MAX_CHUNKS;
            if (fits) {
                begin[0] = begin[0] < 0 ? at : begin[0];
                extents.add(extent);
                if (!extent.isHole()) {
                    chunks.add(extent.chunk());
                }
            }
            return fits;
        });
        return new Range(extents.isEmpty() ? null : new RestorePlan.Part(file, entry.with(new Entry.Content.Inline(extents, null)), begin[0], false), chunks);
    }

    private Entry find(RawPath path) throws BackupException {
        return SnapshotBrowser.entry(trees, root, path.names());
    }

    private Entry require(RawPath path) throws BackupException {
        Entry entry = find(path);
        if (entry == null) {
            throw BackupException.operator("path.unknown", path.toString(), path + " is not in the snapshot");
        }
        return entry;
    }

    private MountAnswer.Facts facts(Entry entry) throws BackupException {
        return new MountAnswer.Facts(stored(entry), entry.linkGroup() == 0 ? 1 : links.names(entry.linkGroup()));
    }

    private long stored(Entry entry) throws BackupException {
        if (entry.content() instanceof Entry.Content.Paged(var list, long extents, var hash) && extents > COUNTED_EXTENTS) {
            return entry.size();
        }
        long[] stored = {0};
        trees.extents(entry.content(), extent -> stored[0] += extent.isHole() ? 0 : extent.length());
        return stored[0];
    }

    private static RestorePlan.Part plain(RawPath path, Entry entry) {
        return new RestorePlan.Part(path, entry.with(new Entry.Content.None()), 0, true);
    }

    private static MountAnswer.Entries entries(List<RestorePlan.Part> parts, List<MountAnswer.Facts> facts, boolean more) {
        return new MountAnswer.Entries(new PlanWriter().parts(parts, List.of()), facts, more);
    }
}
