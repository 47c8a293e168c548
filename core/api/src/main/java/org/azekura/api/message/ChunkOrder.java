package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;

/** About chunks: whose they are, whether they are there, where they lie. */
public sealed interface ChunkOrder extends NodeOrder {

    /** Who stored these chunks? Answer: {@link ChunkAnswer.Owners}. */
    record FindOwners(PoolName pool, List<ChunkId> chunks) implements ChunkOrder {}

    /**
     * Which of these chunks can't be read here? The packs of the others stay until the job ends. Answer: {@link ChunkAnswer.Missing}.
     *
     * @param job one that a volume was prepared for, or a copy that {@link CopyOrder.BeginCopy} has told of
     * @param trustGroup whose; of the job, unless that is a copy
     */
    record CheckChunks(JobId job, PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements ChunkOrder {}

    /**
     * Where do these chunks lie? Of several places that one is named in which it is soonest read. Answer: {@link ChunkAnswer.Located}.
     *
     * @param job that a volume was prepared for and whose client will read them: it gets each as it is sealed in the place that is named; null: none
     */
    record LocateChunks(JobId job, PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements ChunkOrder {

        public LocateChunks(PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) {
            this(null, pool, trustGroup, chunks);
        }
    }
}
