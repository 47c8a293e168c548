package org.azekura.api.catalog;

import org.azekura.api.PoolName;

/**
 * A media set of a pool behind the first: cartridges, packs, sessions and snapshots of its own, so that it is complete by itself. The catalog has a {@link Pool}
 * for it that is in no list of pools and borrows its key ring and its media rules from the pool that it is of, which is the first set itself.
 *
 * @param name   of that pool row, and in the labels of its cartridges
 * @param of     whose set it is
 * @param number from 2
 */
public record MediaSet(PoolName name, PoolName of, int number) {

    /** What stands between a pool's name and the number of its set. */
    public static final String MARK = ".set";

    /** @throws IllegalArgumentException if the name of the pool is too long for that of a set */
    public static MediaSet of(PoolName pool, int number) {
        return new MediaSet(new PoolName(pool + MARK + number), pool, number);
    }
}
