package org.azekura.api.catalog;

import org.azekura.api.PoolName;

/**
 * A volume of a pool that lies within another pool's volume, for copies. The catalog has a {@link Pool} for it that is in no list of pools and
 * borrows its key ring from the pool whose packs it holds.
 *
 * @param name   of that pool row
 * @param of     whose snapshots are copied
 * @param within in whose volume they lie
 */
public record Replica(PoolName name, PoolName of, PoolName within) {}
