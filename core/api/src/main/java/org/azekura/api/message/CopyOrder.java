package org.azekura.api.message;

import java.util.List;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;

/** The steps of a copy from node to node. */
public sealed interface CopyOrder extends NodeOrder {

    /**
     * One side of a copy of packs from node to node. Answer: {@link PoolAnswer.VolumeReady}. Beginning the same again changes nothing.
     *
     * @param pool   of this side
     * @param gives  whether packs go from here to the other side, else they come
     * @param peer   the only node that may be the other side; it may be this one
     * @param secret that who dials has to tell, 32 bytes
     */
    record BeginCopy(JobId job, PoolName pool, boolean gives, NodeName peer, byte[] secret) implements CopyOrder {}

    /**
     * Connect to the other side. Answer: {@link Answer.Done}; what {@code Transport.dial} throws if it can't be reached from here.
     *
     * @param pool  of this side
     * @param at    where the other side is
     * @param other its pool
     */
    record LinkCopy(JobId job, PoolName pool, Endpoint at, PoolName other) implements CopyOrder {}

    /**
     * Have these packs from the other side, byte for byte; each is reported by {@link NodeReport.PackWritten}. What is here already is not sent.
     * Answer: {@link PackAnswer.Copied}.
     *
     * @param pool of this side, the one that takes
     * @param from the other side's
     */
    record CopyPacks(JobId job, PoolName pool, PoolName from, List<PackId> packs) implements CopyOrder {}
}
