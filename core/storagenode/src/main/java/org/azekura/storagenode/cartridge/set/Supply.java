package org.azekura.storagenode.cartridge.set;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/** Who says which cartridge comes next, and is told what becomes of them. Any thread. */
public interface Supply {

    /** There is no other cartridge than the first, and nobody is told anything. */
    Supply NONE = (pool, full, number, refused) -> Optional.empty();

    /**
     * @param barcode    of the cartridge; empty: any blank one
     * @param label      the whole label it gets, which names the set and its number
     * @param overwrites the volume whose label may be on it and that is given up; empty: it must be blank
     */
    record Next(Optional<Barcode> barcode, byte[] label, Optional<VolumeId> overwrites) {}

    /**
     * A cartridge, as others are to know it.
     *
     * @param number   which of its set it is
     * @param name     as its label says
     * @param location where it is, for people
     * @param capacity in bytes, -1 if unknown
     */
    record Labelled(PoolName pool, VolumeId volume, int number, String name, Optional<Barcode> barcode, String location, long capacity) {}

    /** What can be said of a cartridge. */
    enum State { APPENDABLE, FULL, SUSPECT, QUARANTINED, MISSING }

    /**
     * Chooses the cartridge that follows. Blocks until that is known.
     *
     * @param full    the volume that is not written any more; its set's last
     * @param number  that the next one has, if nobody knows better
     * @param refused those that were tried just before and can't be used
     * @return empty if a set never grows here: who writes is told that its volume is full
     * @throws BackupException {@code media.none} if there is none: says what would do; or the failure of who would know
     */
    Optional<Next> next(PoolName pool, VolumeId full, int number, List<Barcode> refused) throws BackupException;

    /** Its label was read back: it is one of the pool's. Told at every start anew. */
    default void labelled(Labelled volume) throws BackupException {}

    /** Told as well as can be: nobody waits for it. */
    default void state(PoolName pool, VolumeId volume, State state, String why, long used) {}
}
