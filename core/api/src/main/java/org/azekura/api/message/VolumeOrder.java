package org.azekura.api.message;

import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/** About the volumes of a pool that lies on several: what counts there, and which leaves. */
public sealed interface VolumeOrder extends NodeOrder {

    /**
     * Write nothing more on this volume, though there may be room: another one follows it. One that is closed already stays so. Answer: {@link Answer.Done}; behind
     * what is being written. Fails with {@code volume.unknown}, {@code library.none} if the pool does not lie on cartridges of its own.
     */
    record ShutVolume(PoolName pool, VolumeId volume) implements VolumeOrder {}

    /**
     * Nothing more is to come on the cartridge that a pool is written on, if it is still this one: another follows it at once. Answer: {@link Answer.Done};
     * fails with {@code media.none} if there is no other: then it is written as before.
     */
    record CutVolume(PoolName pool, VolumeId volume) implements VolumeOrder {}

    /** How much of what lies on a pool's cartridges counts? Answer: {@link VolumeAnswer.Uses}; without any if the pool lies on none. */
    record ListUses(PoolName pool) implements VolumeOrder {}

    /**
     * One step of having a cartridge leave its pool: what counts there is copied to the cartridge that is written, and read back; in the last step the
     * cartridge is a member no more. Answer: {@link VolumeAnswer.Leaves}; asked for one that has left already, too. Cut off anywhere, the pool has everything.
     * Fails with {@code volume.unknown}; {@code volume.written} if it is the one that is written, {@code volume.missing} if it is not known what lies on all
     * of the pool's, {@code media.none} if there is no room, {@code media.write} if copies are not read as they were written.
     *
     * @param job what could not be read for another one is tried again
     */
    record LeaveVolume(JobId job, PoolName pool, VolumeId volume) implements VolumeOrder {}

    /**
     * A cartridge is a pool's no more, for an operator says that it is lost or can't be read, whatever counts there. Again it changes nothing. Answered {@link
     * Answer.Done} when the others say so. Fails with {@code volume.unknown}, {@code volume.stuck}, {@code media.none}.
     *
     * @param volume all zeros: that with the number, which nobody has seen
     * @param number within its set
     */
    record ForgetVolume(PoolName pool, VolumeId volume, int number) implements VolumeOrder {}
}
