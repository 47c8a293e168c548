package org.azekura.client.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;

/** A large file: whole chunks and holes. Only chunks without a name are kept, so memory is bounded at any file size. */
final class ExtentContent implements PendingContent {

    private record Part(ChunkName chunk, long length) {}

    /** Null as soon as it is not needed. */
    private ExtentWriter writer;
    private final Deque<Part> waiting = new ArrayDeque<>();
    private Entry.Content content;

    ExtentContent(ExtentWriter writer) {
        this.writer = writer;
    }

    void add(ChunkName chunk, int length) throws BackupException {
        waiting.add(new Part(chunk, length));
        settle();
    }

    void addHole(long length) throws BackupException {
        waiting.add(new Part(null, length));
        settle();
    }

    private void settle() throws BackupException {
        while (!waiting.isEmpty()) {
            Part part = waiting.peek();
            if (part.chunk != null && part.chunk.id() == null) {
                return;
            }
            writer.add(part.chunk == null ? Extent.hole(part.length) : new Extent(part.chunk.id(), 0, part.length));
            waiting.remove();
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
        }
        return content;
    }
}
