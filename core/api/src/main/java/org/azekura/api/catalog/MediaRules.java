package org.azekura.api.catalog;

import java.time.Duration;
import org.azekura.api.PoolName;

/**
 * Which cartridges a pool may have, and what becomes of them.
 *
 * @param blank       those that nothing was ever written on, without an operator having them labelled first
 * @param scratch     those that are needed no more, of this pool and of others
 * @param keep        none of the pool's is labelled anew before so long after packs last came on it; zero: as soon as nothing on it is needed
 * @param repack      one of which less than so many percent count is copied away; 0: none is, but for suspect ones
 * @param cutAfter    the cartridge that is written is closed so long after its label was made, and the next one begins; zero: when it is full
 * @param cutSize     the same with so many bytes of packs on it; 0: when it is full
 * @param reserve     so many free cartridges are left for what is copied away; a pool keeps one for three that it lies on at most
 * @param setAfter    the next media set begins so long after the open one began; zero: when somebody says so
 * @param setSize     the same with so many bytes of packs in it; 0: when somebody says so
 * @param sealed      drives seal what they write; as of the next time that a cartridge is loaded
 * @param errorFactor one of which two drives corrected so many times as many errors in a gigabyte as of others is suspect; 0: none is
 */
public record MediaRules(PoolName pool, boolean blank, boolean scratch, Duration keep, int repack, Duration cutAfter, long cutSize, int reserve,
        Duration setAfter, long setSize, boolean sealed, int errorFactor) {

    /** Percent that count, below which a cartridge is copied away where nobody has said else. */
    public static final int REPACK = 40;
    /** Cartridges that are left for copies where nobody has said else. */
    public static final int RESERVE = 1;
    /** How many times as many errors make a cartridge suspect where nobody has said else. */
    public static final int ERROR_FACTOR = 10;

    /** One media set, the usual reserve, drives that seal nothing, and errors that count as they usually do. */
    public MediaRules(PoolName pool, boolean blank, boolean scratch, Duration keep, int repack, Duration cutAfter, long cutSize) {
        this(pool, blank, scratch, keep, repack, cutAfter, cutSize, RESERVE, Duration.ZERO, 0, false, ERROR_FACTOR);
    }

    /** What comes in is kept as it usually is. */
    public MediaRules(PoolName pool, boolean blank, boolean scratch) {
        this(pool, blank, scratch, Duration.ZERO, REPACK, Duration.ZERO, 0);
    }

    /** What a pool may that nobody has laid down anything for. */
    public static MediaRules usual(PoolName pool) {
        return new MediaRules(pool, true, true);
    }

    /** The same, sealed by drives or not. */
    public MediaRules sealed(boolean drivesSeal) {
        return new MediaRules(pool, blank, scratch, keep, repack, cutAfter, cutSize, reserve, setAfter, setSize, drivesSeal, errorFactor);
    }
}
