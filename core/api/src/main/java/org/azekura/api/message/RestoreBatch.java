package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;

/**
 * A part of a restore plan that fits in memory.
 *
 * @param entries in tree order: a directory before what is in it
 * @param chunks  every chunk the entries need, in the order in which the node reads them best
 * @param problems paths that can't be restored as the server knows already
 * @param done    whether all this lies before the {@link RestorePoint} that the restore goes on from. It has no chunks then, and only
 *                directories and entries with several names, for what comes at the end
 */
public record RestoreBatch(List<Item> entries, List<ChunkKey> chunks, List<PathProblem> problems, boolean done) implements Message {

    /** A batch that is still to be restored. */
    public RestoreBatch(List<Item> entries, List<ChunkKey> chunks, List<PathProblem> problems) {
        this(entries, chunks, problems, false);
    }

    /**
     * One file, directory or other entry, or a part of a large file.
     *
     * @param path  absolute, as saved
     * @param entry the encoded tree entry; its extents are those of this part only
     * @param from  where in the file this part begins, in bytes
     * @param last  whether this is the file's last part
     */
    public record Item(RawPath path, byte[] entry, long from, boolean last) {}

    /** The key that opens one chunk, 32 bytes. */
    public record ChunkKey(ChunkId chunk, byte[] key) {}
}
