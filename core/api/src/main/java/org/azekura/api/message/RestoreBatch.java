package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;

/**
 * A part of a restore plan that fits in memory. It goes on where the batch before it ended, and is understood only behind that.
 *
 * @param entries files, directories and other entries, or parts of large files, in tree order: a directory before what is in it. Where the order says
 *                that it is as it lies, parts of files come in any order, the last by place is still called so. In the form of
 *                {@code org.azekura.engine.plan}, which says of a path only how it differs from the one before, and of a chunk its place in
 *                {@code chunks}
 * @param chunks  every chunk the entries need, in the order in which the node reads them best
 * @param problems paths that can't be restored as the server knows already
 * @param done    whether all this lies before the {@link RestorePoint} that the restore goes on from. It has no chunks then, and only
 *                directories and entries with several names, for what comes at the end
 */
public record RestoreBatch(byte[] entries, List<ChunkKey> chunks, List<PathProblem> problems, boolean done) implements Message {

    /** A batch that is still to be restored. */
    public RestoreBatch(byte[] entries, List<ChunkKey> chunks, List<PathProblem> problems) {
        this(entries, chunks, problems, false);
    }

    /** The ids of the chunks, by place. */
    public List<ChunkId> ids() {
        return chunks.stream().map(ChunkKey::chunk).toList();
    }

    /** The key that opens one chunk, 32 bytes. */
    public record ChunkKey(ChunkId chunk, byte[] key) {}
}
