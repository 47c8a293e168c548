package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;
import org.azekura.engine.tree.TreeReader;

/**
 * Finds out where the files of "these paths of this snapshot" lie on cartridges. Chunks are located some thousand at a time, whatever the size of files and
 * directories; so it needs little memory. Used once, by one thread.
 */
public final class PieceWalk implements TreeWalk.Visitor {

    /** Together a few MiB in memory. */
    static final int WINDOW_CHUNKS = 8192;
    private static final long WINDOW_BYTES = 4 << 20;

    private final TreeReader trees;
    private final PathChoice choice;
    private final Locator locator;
    private final Visitor visitor;
    private final List<PieceCut.Run> window = new ArrayList<>();
    private int extents;
    private long bytes;
    private int files;

    /** Says where chunks lie. */
    @FunctionalInterface
    public interface Locator {
        /** @return without those that are nowhere */
        Map<ChunkId, Lie> locate(List<ChunkId> chunks) throws BackupException;
    }

    /** Is told all of it; entries and pieces in tree order. */
    public interface Visitor {

        /**
         * An entry without data, or a part of a file.
         *
         * @param file from 0 on; -1 for what is no file
         * @param at   of its first chunk, the others lie directly behind that; null if it needs none, or if that is nowhere
         */
        void piece(int file, Lie at, RestorePlan.Part part) throws BackupException;

        void unreadable(PathProblem problem) throws BackupException;
    }

    /** @param wanted absolute paths, empty for everything */
    public PieceWalk(TreeReader trees, List<RawPath> wanted, Locator locator, Visitor visitor) {
        this.trees = trees;
        this.choice = new PathChoice(wanted);
        this.locator = locator;
        this.visitor = visitor;
    }

    public void run(ChunkId root) throws BackupException {
        new TreeWalk(trees, this).walk(root);
        flush();
    }

    @Override
    public boolean entry(RawPath path, Entry entry) throws BackupException {
        boolean taken = choice.takes(path) || entry.type() == Entry.Type.DIRECTORY && choice.leadsTo(path);
        if (taken) {
            switch (entry.content()) {
                case Entry.Content.None none -> plain(path, entry);
                case Entry.Content.Directory directory -> plain(path, entry.with(new Entry.Content.None()));
                case Entry.Content.Inline inline -> file(path, entry);
                case Entry.Content.Paged paged -> file(path, entry);
            }
        }
        return taken;
    }

    @Override
    public void unreadable(PathProblem problem) throws BackupException {
        visitor.unreadable(problem);
    }

    private void plain(RawPath path, Entry entry) throws BackupException {
        add(new PieceCut.Run(-1, path, entry, 0, List.of(), true), EntryCodec.encode(entry).length + path.bytes().length);
    }

    private void file(RawPath path, Entry entry) throws BackupException {
        FileRuns runs = new FileRuns(path, entry.with(new Entry.Content.None()));
        trees.extents(entry.content(), runs::take);
        runs.send(true);
        files = Math.addExact(files, 1);
    }

    private final class FileRuns {

        private final RawPath path;
        private final Entry entry;
        private final long weight;
        private final List<Extent> pending = new ArrayList<>();
        private long from;
        private long length;

        FileRuns(RawPath path, Entry entry) {
            this.path = path;
            this.entry = entry;
            this.weight = EntryCodec.encode(entry).length + path.bytes().length;
        }

        void take(Extent extent) throws BackupException {
            if (pending.size() == WINDOW_CHUNKS) {
                send(false);
            }
            pending.add(extent);
            length += extent.length();
        }

        void send(boolean last) throws BackupException {
            add(new PieceCut.Run(files, path, entry, from, List.copyOf(pending), last), weight);
            from += length;
            length = 0;
            pending.clear();
        }
    }

    private void add(PieceCut.Run run, long weight) throws BackupException {
        if (extents + run.extents().size() > WINDOW_CHUNKS || bytes + weight > WINDOW_BYTES) {
            flush();
        }
        window.add(run);
        extents += run.extents().size();
        bytes += weight;
    }

    private void flush() throws BackupException {
        if (window.isEmpty()) {
            return;
        }
        Set<ChunkId> chunks = new LinkedHashSet<>();
        window.forEach(run -> run.extents().stream().filter(extent -> !extent.isHole()).forEach(extent -> chunks.add(extent.chunk())));
        Map<ChunkId, Lie> lies = chunks.isEmpty() ? Map.of() : new HashMap<>(locator.locate(List.copyOf(chunks)));
        PieceCut cut = new PieceCut(lies::get, visitor::piece);
        for (PieceCut.Run run : window) {
            cut.cut(run);
        }
        window.clear();
        extents = 0;
        bytes = 0;
    }
}
