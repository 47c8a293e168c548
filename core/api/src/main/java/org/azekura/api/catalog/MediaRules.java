package org.azekura.api.catalog;

import org.azekura.api.PoolName;

/**
 * Which cartridges a pool may have.
 *
 * @param blank   those that nothing was ever written on, without an operator having them labelled first
 * @param scratch those of other pools that are needed no more
 */
public record MediaRules(PoolName pool, boolean blank, boolean scratch) {

    /** What a pool may that nobody has laid down anything for. */
    public static MediaRules usual(PoolName pool) {
        return new MediaRules(pool, true, true);
    }
}
