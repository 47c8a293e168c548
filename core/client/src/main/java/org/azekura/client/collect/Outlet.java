package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Where chunks go. Each call comes from one thread at a time; those of different names side by side. */
interface Outlet {

    /**
     * Asks which of these need not be sent to the node; may wait for room to send the question, not for the answer. Many questions may be open.
     * What depends on the answer must not block.
     *
     * @return in the order of the question; it always completes, at the latest after a time-out
     */
    CompletableFuture<boolean[]> known(List<ChunkId> chunks);

    /** Sends a frame to the node. */
    void toNode(ByteBuffer frame) throws BackupException;

    /** Sends a tree frame to the server. */
    void toServer(ByteBuffer frame) throws BackupException;
}
