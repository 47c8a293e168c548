package org.azekura.engine.tree;

import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.octets.ByteOutput;

/**
 * Writes the tree of one directory: the same entries under the same id key give the same pages. Keeps one page per level in
 * memory (at most three for a million entries). One thread; of no use after a failure of the sink.
 */
public final class TreeWriter {

    private final PageStack pages;
    private final ByteOutput scratch = new ByteOutput(256);
    private byte[] last;

    /** @param sink gets every page, lower ones first */
    public TreeWriter(ChunkNamer namer, PageSink sink) {
        pages = new PageStack(PageForm.ENTRIES, namer, sink);
    }

    /**
     * Adds the next entry, by the unsigned order of its name's bytes.
     *
     * @throws BackupException {@code entry.large} if it takes more than {@link Page#MAX_PLAIN} bytes less a few, or refers to more than
     *                         fit in {@link Page#MAX_CLEAR}: go on without it. {@code entry.order} if its name does
     *                         not follow the one before. What the sink throws
     */
    public void add(Entry entry) throws BackupException {
        if (last != null && Arrays.compareUnsigned(last, entry.name()) >= 0) {
            String name = new RawPath(entry.name()).toString();
            throw new BackupException(new Failure("entry.order", Failure.Kind.BUG, false, name,
                    "the entry \"" + name + "\" comes after \"" + new RawPath(last) + "\", expected names in ascending order"));
        }
        pages.add(new PageItem.Named(entry, scratch));
        last = entry.name();
    }

    /** Writes what is left. Nothing may be added after this. */
    public ChunkId finish() throws BackupException {
        return pages.finish();
    }
}
