package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;

/** About packs as they lie on a volume. */
public sealed interface PackOrder extends NodeOrder {

    /**
     * The next packs of this pool's volume, by id, at most {@value #PACKS_PER_PAGE}. Answer: {@link PackAnswer.PackList}.
     *
     * @param after the last pack of the page before, null for the first page
     */
    record ListPacks(PoolName pool, PackId after) implements PackOrder {}

    /** Bound of a {@link ListPacks} page. */
    int PACKS_PER_PAGE = 2_000;

    /**
     * For whom were the packs written that name these sessions? At most {@value #SESSIONS}. Answer: {@link PackAnswer.SessionOwners}.
     */
    record FindSessions(PoolName pool, List<SessionId> sessions) implements PackOrder {}

    /** Bound of {@link FindSessions}. */
    int SESSIONS = 2_000;

    /**
     * Which chunks lie in this pack? Answer: {@link ChunkAnswer.Located}, in the order in which they lie there, at most
     * {@value CheckBatch#MAX_CHUNKS} places; none behind the last and none if the pack is not known.
     *
     * @param from how many of them come before
     */
    record ListChunks(PoolName pool, PackId pack, int from) implements PackOrder {}

    /**
     * Read these packs and compare every checksum. Answer: {@link PackAnswer.Verified}.
     *
     * @param indexOnly compare only size, index and trailer
     */
    record VerifyPacks(JobId job, PoolName pool, List<PackId> packs, boolean indexOnly) implements PackOrder {}

    /**
     * Every chunk of this pack was opened, with keys that are not here. Answer: {@link PackAnswer.Verified}.
     *
     * @param wrong those that are not what their ids say: they count as damaged until the content of the whole pack was looked at again; none:
     *              the pack is sound through and through
     */
    record NoteContent(JobId job, PoolName pool, PackId pack, List<ChunkId> wrong) implements PackOrder {}
}
