package org.azekura.server.job.restore;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.server.trees.IdSet;

/** The chunks that were planned for a client: it may ask where else they are, and for no others, since with the answer come their keys. Thread-safe. */
public final class PlannedChunks {

    private final ClientName client;
    private final IdSet planned = new IdSet();

    PlannedChunks(ClientName client) {
        this.client = client;
    }

    public synchronized void add(Collection<ChunkId> chunks) {
        chunks.forEach(planned::add);
    }

    synchronized long count() {
        return planned.size();
    }

    /** @throws BackupException {@code chunk.unplanned} if it may not ask for them; none of them is answered then */
    synchronized Set<ChunkId> require(List<ChunkId> asked) throws BackupException {
        if (asked.size() > RestoreQuestion.MAX_CHUNKS) {
            throw unplanned("where else " + asked.size() + " chunks are, more than one question may have");
        }
        for (ChunkId chunk : asked) {
            if (!planned.contains(chunk)) {
                throw unplanned("where else chunk " + chunk + " is, which its restore does not need");
            }
        }
        return new LinkedHashSet<>(asked);
    }

    private BackupException unplanned(String what) {
        return BackupException.corrupt("chunk.unplanned", client.value(), "client " + client + " asks " + what + "; no key is handed out, and its restore ends");
    }
}
