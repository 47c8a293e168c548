package org.azekura.storagenode.index;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** What a register has and the index does not: somebody else keeps it. One thread. */
public interface RegisterContent {

    /** Takes one of them; its bytes may be used for something else afterwards. */
    @FunctionalInterface
    interface Sink {
        void take(ByteBuffer bytes) throws BackupException;
    }

    /** Hands over the manifests of all snapshots of the pool. */
    void manifests(Sink to) throws BackupException;

    /** Hands over the frames of these pages; those that nobody needs any more may be left out. */
    void pages(List<ChunkId> pages, Sink to) throws BackupException;
}
