package org.azekura.api.message;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;

/** About packs. */
public sealed interface PackAnswer extends Answer {

    /**
     * Packs by id; empty behind the last.
     *
     * @param sessions that sealed their chunks, each once
     */
    record PackList(List<PackOnVolume> packs, List<NodeReport.PackSession> sessions) implements PackAnswer {}

    /** To {@link PackOrder.FindSessions}: a session that packs of several groups name comes as often, one that none names not at all. */
    record SessionOwners(List<SessionOwner> owners) implements PackAnswer {}

    /** A group that a pack was written for which names the session. */
    record SessionOwner(SessionId session, TrustGroup group) {}

    /**
     * A pack as the volume has it.
     *
     * @param writtenAt when it was durable, as far as the device knows
     * @param volume    on which it lies; null: on the pool's first one, or on none yet
     */
    record PackOnVolume(PackId pack, boolean tree, String position, long size, int chunks, Instant writtenAt, VolumeId volume) {

        /** One on the only volume of its pool. */
        public PackOnVolume(PackId pack, boolean tree, String position, long size, int chunks, Instant writtenAt) {
            this(pack, tree, position, size, chunks, writtenAt, null);
        }
    }

    /** To {@link PruneOrder.RewritePacks} and {@link PruneOrder.DropPacks}. */
    record Packs(List<PackId> packs) implements PackAnswer {}

    /** First frame on a stream of {@link StreamOpening.SendPack}: how many bytes follow, -1 if the pack is not there. */
    record PackSize(long bytes) implements PackAnswer {}

    /**
     * @param packs durable here now
     * @param not   the others
     */
    record Copied(List<PackId> packs, List<NotCopied> not) implements PackAnswer {}

    /** A pack that did not come as it was written, and why. */
    record NotCopied(PackId pack, String why) {}

    /** Packs that may go, by id; empty behind the last. */
    record Swept(List<PackUse> packs) implements PackAnswer {}

    /**
     * How much of a pack is alive.
     *
     * @param size       bytes of the whole pack
     * @param liveChunks that something live refers to, and that are not better had elsewhere
     * @param liveBytes  of their frames
     * @param pinned     a running job relies on it
     * @param whole      all of its chunks are known; else nobody can say what is alive
     */
    record PackUse(PackId pack, boolean tree, long size, int chunks, int liveChunks, long liveBytes, boolean pinned, boolean whole) {}

    /** The outcome of {@link PackOrder.VerifyPacks}. */
    record Verified(int packs, List<DamagedPack> damaged) implements PackAnswer {}

    /**
     * A pack that is not what was written.
     *
     * @param chunks those that cannot be read; all of the pack's, as far as its index can be had, if the pack is gone
     * @param intact the pack's other chunks: they can be read, but need a pack that is not what was written
     * @param what   where, expected and found
     */
    record DamagedPack(PackId pack, VolumeId volume, List<ChunkId> chunks, List<ChunkId> intact, String what) {}
}
