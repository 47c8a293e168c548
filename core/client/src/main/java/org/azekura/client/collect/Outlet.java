package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Where chunks go. Each call comes from one thread at a time; those of different names side by side. */
interface Outlet {

    /** Which of these need not be sent to the node, in the order of the question. */
    boolean[] known(List<ChunkId> chunks) throws BackupException;

    /** Sends a frame to the node. */
    void toNode(ByteBuffer frame) throws BackupException;

    /** Sends a tree frame to the server. */
    void toServer(ByteBuffer frame) throws BackupException;
}
