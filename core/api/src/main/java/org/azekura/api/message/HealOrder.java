package org.azekura.api.message;

import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;

/** How what is damaged in one place is repaired from another. */
public sealed interface HealOrder extends NodeOrder {

    /**
     * Have these packs from the other side of a copy that {@link CopyOrder.BeginCopy} has told of, each in the place of the one that is damaged here, or gone. What is
     * sound here is not sent. What comes is compared with what is known of the pack before anything is replaced, and read back afterwards; each pack that
     * was written is reported by {@link NodeReport.PackWritten}. Answer: {@link PackAnswer.Copied}.
     *
     * @param pool of this side, the one that takes
     * @param from the other side's
     */
    record MendPacks(JobId job, PoolName pool, PoolName from, List<Wanted> packs) implements HealOrder {}

    /**
     * @param size   in bytes, as the catalog has it; -1 if it does not
     * @param chunks likewise
     */
    record Wanted(PackId pack, long size, int chunks) {}
}
