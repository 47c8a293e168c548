package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;
import org.azekura.engine.tree.TreeReader;

/**
 * Turns "these paths of this snapshot" into batches that fit in memory: entries in tree order, each batch with the chunks
 * its entries need. A file with more extents than a batch takes comes in parts.
 */
public final class RestorePlan implements TreeWalk.Visitor {

    /** Together a few MiB in memory, paths in full, and about as many chunks as a client can hold at once. */
    static final int MAX_CHUNKS = 128;
    static final int MAX_ENTRIES = 2000;
    static final int MAX_BYTES = 2 << 20;

    private static final TreeOrder ORDER = new TreeOrder();

    private final TreeReader trees;
    private final PathChoice choice;
    private final BatchSink sink;
    private final List<Part> parts = new ArrayList<>();
    private final Set<ChunkId> chunks = new HashSet<>();
    private final List<PathProblem> problems = new ArrayList<>();
    private int bytes;
    /** Up to here everything is done; null behind it. */
    private RawPath done;
    private BatchSink earlier;

    /** @param wanted absolute paths, empty for everything */
    public RestorePlan(TreeReader trees, List<RawPath> wanted, BatchSink sink) {
        this.trees = trees;
        this.choice = new PathChoice(wanted);
        this.sink = sink;
    }

    /**
     * A file or other entry, or a part of a large file.
     *
     * @param path  absolute, as saved
     * @param entry its extents are those of this part only
     * @param from  where in the file this part begins, in bytes
     * @param last  whether this is the file's last part
     */
    public record Part(RawPath path, Entry entry, long from, boolean last) {}

    /** Of a part: a plan has extents, not their pages. */
    static List<Extent> extents(Part part) {
        return part.entry().content() instanceof Entry.Content.Inline inline ? inline.extents() : List.of();
    }

    /** Those a part needs, as they come in it. */
    static Stream<ChunkId> chunks(Part part) {
        return extents(part).stream().map(Extent::chunk).filter(Objects::nonNull);
    }

    /** Takes batches in order. */
    @FunctionalInterface
    public interface BatchSink {
        void batch(List<Part> parts, Set<ChunkId> chunks, List<PathProblem> problems) throws BackupException;
    }

    /**
     * Plans only what lies behind a path. Of all up to it come first, apart and without chunks, directories and what has several names.
     *
     * @param path null for nothing
     */
    public RestorePlan behind(RawPath path, BatchSink before) {
        done = path;
        earlier = before;
        return this;
    }

    public void run(ChunkId root) throws BackupException {
        new TreeWalk(trees, this).walk(root);
        flush();
    }

    @Override
    public boolean entry(RawPath path, Entry entry) throws BackupException {
        boolean taken = choice.takes(path) || entry.type() == Entry.Type.DIRECTORY && choice.leadsTo(path);
        if (taken && isDone(path)) {
            if (entry.type() == Entry.Type.DIRECTORY || entry.linkGroup() != 0) {
                add(path, entry.with(new Entry.Content.None()), List.of(), 0, true);
            }
        } else if (taken) {
            add(path, entry);
        }
        return taken;
    }

    private boolean isDone(RawPath path) throws BackupException {
        if (done != null && ORDER.compare(path, done) > 0) {
            flush();
            done = null;
        }
        return done != null;
    }

    private void add(RawPath path, Entry entry) throws BackupException {
        switch (entry.content()) {
            case Entry.Content.None none -> add(path, entry, List.of(), 0, true);
            case Entry.Content.Directory directory -> add(path, entry.with(new Entry.Content.None()), List.of(), 0, true);
            case Entry.Content.Inline inline -> file(path, entry);
            case Entry.Content.Paged paged -> file(path, entry);
        }
    }

    private void file(RawPath path, Entry entry) throws BackupException {
        FileParts file = new FileParts(path, entry);
        trees.extents(entry.content(), file::take);
        file.end();
    }

    /** Cuts one file's extents into parts of at most {@link #MAX_CHUNKS} chunks. */
    private final class FileParts {

        private final RawPath path;
        private final Entry entry;
        private final List<Extent> pending = new ArrayList<>();
        private long from;
        private long length;

        FileParts(RawPath path, Entry entry) {
            this.path = path;
            this.entry = entry;
        }

        void take(Extent extent) throws BackupException {
            if (pending.size() == MAX_CHUNKS) {
                send(false);
            }
            pending.add(extent);
            length += extent.length();
        }

        void end() throws BackupException {
            send(true);
        }

        private void send(boolean last) throws BackupException {
            // No hash of the whole: what is restored is held against each chunk's id.
            add(path, entry.with(new Entry.Content.Inline(pending, null)), List.copyOf(pending), from, last);
            from += length;
            length = 0;
            pending.clear();
        }
    }

    private void add(RawPath path, Entry entry, List<Extent> extents, long from, boolean last) throws BackupException {
        Set<ChunkId> needed = new HashSet<>();
        extents.stream().map(Extent::chunk).filter(chunk -> chunk != null && !chunks.contains(chunk)).forEach(needed::add);
        int weight = EntryCodec.encode(entry).length + path.bytes().length;
        if (chunks.size() + needed.size() > MAX_CHUNKS || parts.size() == MAX_ENTRIES
                || !parts.isEmpty() && bytes + weight > MAX_BYTES) {
            flush();
            extents.stream().map(Extent::chunk).filter(chunk -> chunk != null).forEach(needed::add);
        }
        chunks.addAll(needed);
        parts.add(new Part(path, entry, from, last));
        bytes += weight;
    }

    @Override
    public void unreadable(PathProblem problem) throws BackupException {
        if (!isDone(problem.path())) {
            problems.add(problem);
        }
    }

    private void flush() throws BackupException {
        if (!parts.isEmpty() || !problems.isEmpty()) {
            (done == null ? sink : earlier).batch(List.copyOf(parts), Set.copyOf(chunks), List.copyOf(problems));
            parts.clear();
            chunks.clear();
            problems.clear();
            bytes = 0;
        }
    }
}
