package org.azekura.api.catalog;

/**
 * How many things the catalog knows of a pool.
 *
 * @param packs     copies of packs
 * @param deletions snapshots that were deleted and are remembered
 */
public record PoolFigures(long packs, long snapshots, long deletions) {}
