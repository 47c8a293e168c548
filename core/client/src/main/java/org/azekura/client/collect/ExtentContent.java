package org.azekura.client.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.client.blocks.MapWriter;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;

/**
 * A large file: chunks, slices of chunks, and holes. Neighbours that are one slice are joined. Only what has no name yet is kept, so
 * memory is bounded at any file size.
 */
final class ExtentContent implements PendingContent {

    /** {@code chunk} is null for a hole. */
    private record Part(ChunkName chunk, int offset, long length) {

        Part joined(Part next) {
            boolean one = chunk == null ? next.chunk == null : next.chunk != null && isSame(next.chunk) && offset + length == next.offset;
            return one ? new Part(chunk, offset, length + next.length) : null;
        }

        private boolean isSame(ChunkName other) {
            return chunk == other || chunk.id() != null && chunk.id().equals(other.id());
        }

        boolean isNamed() {
            return chunk == null || chunk.id() != null;
        }

        Extent extent() {
            return chunk == null ? Extent.hole(length) : new Extent(chunk.id(), offset, length);
        }
    }

    /** Null as soon as it is not needed; so is the map, which may be null from the beginning. */
    private ExtentWriter writer;
    private MapWriter map;
    private final Deque<Part> waiting = new ArrayDeque<>();
    private long parts;
    private FileStat stat;
    private long stored;
    private boolean ended;
    private Entry.Content content;

    ExtentContent(ExtentWriter writer, MapWriter map) {
        this.writer = writer;
        this.map = map;
    }

    /** A piece of a chunk that is on its way. */
    void add(ChunkName chunk, int offset, int length) throws BackupException {
        add(new Part(chunk, offset, length));
    }

    /** A piece of a chunk of the parent snapshot. */
    void add(Extent extent) throws BackupException {
        ChunkName chunk = new ChunkName();
        chunk.named(extent.chunk(), null);
        add(new Part(chunk, extent.offset(), extent.length()));
    }

    void addHole(long length) throws BackupException {
        add(new Part(null, 0, length));
    }

    private void add(Part part) throws BackupException {
        Part joined = waiting.isEmpty() ? null : waiting.peekLast().joined(part);
        if (joined != null) {
            waiting.removeLast();
        }
        waiting.add(joined != null ? joined : part);
        parts += joined != null ? 0 : 1;
        settle();
    }

    /** How many have been added, neighbours joined. */
    long parts() {
        return parts;
    }

    /**
     * Nothing more is added.
     *
     * @param stat   as the file was afterwards, for its map
     * @param stored what all chunks take together that were stored for it since it was last cut as a whole
     */
    void end(FileStat stat, long stored) {
        this.stat = stat;
        this.stored = stored;
        ended = true;
    }

    /** The last one is kept back: the next may be one with it. */
    private void settle() throws BackupException {
        while (waiting.size() > (ended ? 0 : 1) && waiting.peek().isNamed()) {
            Extent extent = waiting.remove().extent();
            writer.add(extent);
            if (map != null) {
                map.extent(extent);
            }
        }
    }

    @Override
    public boolean ready() throws BackupException {
        settle();
        return waiting.isEmpty();
    }

    @Override
    public Entry.Content content() throws BackupException {
        if (content == null) {
            content = writer.finish(null);
            writer = null;
            if (map != null) {
                map.finish(stat, content, stored);
                map = null;
            }
        }
        return content;
    }

    /** Null if there is none, or not any more. */
    MapWriter map() {
        return map;
    }

    /** Whether {@link #ready} will find it so, however often it is asked. */
    boolean isNamed() {
        return waiting.stream().allMatch(Part::isNamed);
    }

    /** This is not the content of anything. */
    void discard() {
        if (map != null) {
            map.discard();
        }
    }
}
