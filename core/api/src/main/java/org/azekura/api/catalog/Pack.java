package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/**
 * A pack and one of its copies.
 *
 * @param job       the job that wrote it first, null if it was found on the volume after a crash
 * @param tree      whether it holds tree frames, else data frames
 * @param size      bytes of the whole pack
 * @param chunks    number of frames
 * @param position  where it lies on the volume; only the driver understands it
 * @param writtenAt when it was durable, by the storage node's clock
 * @param owner     the client whose quota it counts for; null if it counts for none: nobody knows whose it is, or it is a copy
 */
public record Pack(PackId id, PoolName pool, JobId job, boolean tree, long size, int chunks, VolumeId volume, String position,
        Instant writtenAt, ClientName owner) {

    /** One that counts for nobody's quota. */
    public Pack(PackId id, PoolName pool, JobId job, boolean tree, long size, int chunks, VolumeId volume, String position, Instant writtenAt) {
        this(id, pool, job, tree, size, chunks, volume, position, writtenAt, null);
    }
}
