package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;

/** The steps of a prune. */
public sealed interface PruneOrder extends NodeOrder {

    /**
     * Prune begins: the packs that are here now may go; what is written, known to a job or checked for one from here on stays until the
     * prune's job ends. Answer: {@link Answer.Done}; fails with {@code prune.running} if another prunes this pool, with {@code prune.recount} if
     * these counts can't be gone on with.
     *
     * @param since what {@link KeepCounts} called the counts that this prune goes on with, so that it tells changes only; 0: it tells all
     */
    record BeginPrune(JobId job, PoolName pool, long since) implements PruneOrder {

        /** Begins one that tells all. */
        public BeginPrune(JobId job, PoolName pool) {
            this(job, pool, 0);
        }
    }

    /**
     * One more live page refers to each of these chunks. Answer: {@link ChunkAnswer.Missing}: those that are nowhere. Fails with {@code prune.recount}
     * as every order up to the first {@link SweepPacks} if the prune tells changes only and counts are found to be in doubt: it has to end
     * and another to begin that tells all.
     *
     * @param trustGroup whose
     */
    record MarkChunks(JobId job, TrustGroup trustGroup, List<ChunkId> chunks) implements PruneOrder {}

    /** One live page less refers to each of these chunks. Answer: {@link Answer.Done}. */
    record UnmarkChunks(JobId job, TrustGroup trustGroup, List<ChunkId> chunks) implements PruneOrder {}

    /**
     * Everything that changed is told. The node keeps the counts in memory for as long as it has the pool open. Answer: {@link Answer.Done}.
     *
     * @param counts their name for the next {@link BeginPrune}; not 0
     */
    record KeepCounts(JobId job, long counts) implements PruneOrder {}

    /**
     * Everything live is marked: how much of the next packs is alive? At most {@value PackOrder#PACKS_PER_PAGE}, by id. Answer: {@link PackAnswer.Swept}.
     *
     * @param after the last pack of the page before, null for the first page
     */
    record SweepPacks(JobId job, PackId after) implements PruneOrder {}

    /**
     * Copy what is alive in these packs to new ones, frame by frame as it is; each new pack is reported by {@link NodeReport.PackWritten}
     * under the prune's job. The old packs stay. Answer: {@link PackAnswer.Packs}: those wholly copied; a pack with a frame that can't be
     * read is left as it is.
     *
     * @param packs all of them of data or all of tree pages; what is copied may be put together
     */
    record RewritePacks(JobId job, List<PackId> packs) implements PruneOrder {}

    /**
     * Delete these packs. One that a job relies on stays, and one that has the only sound copy of something live. Answer: {@link
     * PackAnswer.Packs}: those that are gone; their chunks are unknown.
     */
    record DropPacks(JobId job, List<PackId> packs) implements PruneOrder {}
}
