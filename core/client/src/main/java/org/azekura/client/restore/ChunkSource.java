package org.azekura.client.restore;

import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Where a restore gets the content of chunks: a storage node, or volumes at hand. Called by one thread. */
@FunctionalInterface
public interface ChunkSource {

    /** Takes the chunks, one call for each. */
    @FunctionalInterface
    interface Taker {

        /**
         * @param content null if the chunk cannot be read
         * @param stored  bytes that were read for it
         */
        void take(ChunkId chunk, byte[] content, int stored);
    }

    /**
     * Reads these chunks, in about their order, and hands each over once.
     *
     * @param wanted chunks and the keys that the plan has for them; an empty key where it has none
     * @throws BackupException if nothing can be read any more; a damaged chunk is handed over as null
     */
    void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException;
}
