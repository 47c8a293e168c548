package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;

/** About packs that lie in the archive of their device. */
public sealed interface ThawOrder extends NodeOrder {

    /**
     * Which of these packs can't be read at once? Nothing is asked of the archive. Answer: {@link ThawAnswer.Found}.
     *
     * @param packs at most {@value #PACKS}
     */
    record LookAtPacks(PoolName pool, List<PackId> packs) implements ThawOrder {}

    /**
     * Have copies of these packs brought from the archive; that may cost money. Answer: {@link Answer.Done}, before any of them is there. Fails with {@code device.unsupported} if there
     * is no such tier; some may have been asked for by then.
     *
     * @param packs  at most {@value #PACKS}
     * @param tier   as {@link DeviceAnswer.TermsFound} names it
     * @param keep_s how long the copies are wanted, seconds
     */
    record ThawPacks(PoolName pool, List<PackId> packs, String tier, long keep_s) implements ThawOrder {}

    /** So many packs are asked for by one order: it ends in time, also where each takes a request. */
    int PACKS = 256;
}
