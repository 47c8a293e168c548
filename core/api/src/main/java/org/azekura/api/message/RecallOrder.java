package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;

/** About what is to be read from cartridges. */
public sealed interface RecallOrder extends NodeOrder {

    /** On which cartridges does this pool lie, and where are they? Answer: {@link RecallAnswer.Cartridges}, without any if it is on no library. */
    record ListCartridges(PoolName pool) implements RecallOrder {}

    /**
     * Where on cartridges do these chunks lie? Answer: {@link RecallAnswer.OnCartridges}. The place of each is the one that {@link ChunkOrder.LocateChunks} names.
     *
     * @param chunks at most {@value #CHUNKS_ON_CARTRIDGES}
     */
    record LocateOnCartridges(PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements RecallOrder {}

    /** Bound of a {@link LocateOnCartridges}. */
    int CHUNKS_ON_CARTRIDGES = 8_192;

    /**
     * Have this cartridge in a drive: in which order are these packs read best from where the tape stands? Answer: {@link RecallAnswer.Recall}, a permutation.
     *
     * @param job     that reads them; until it says otherwise, or ends, others get the drive of this cartridge only if no other will do
     * @param instead a cartridge of which this job has read all that it wants, and whose drive is free for this; null: none
     * @param objects of {@link RecallAnswer.ChunkOnCartridge}, each once
     */
    record OrderRecall(JobId job, PoolName pool, VolumeId volume, VolumeId instead, List<Long> objects) implements RecallOrder {}
}
