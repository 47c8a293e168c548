package org.azekura.engine.tree;

import org.azekura.engine.chunk.ChunkNamer;

/**
 * Decides where pages end, so that the same items give the same pages and a change moves no border but its own. Behind each
 * item a cut is as likely as the item is heavy, and whether it comes depends on the item's key alone; only a page that is
 * still small ignores it. The hash is keyed, so that page lengths do not tell a known directory.
 */
final class PageCut {

    /** No page that another follows is lighter. */
    static final int MIN = 16 << 10;
    /** What pages weigh on the average. */
    static final int AVERAGE = 64 << 10;
    /** No page of more than one item is heavier. */
    static final int MAX = 256 << 10;

    private final long seed;

    PageCut(ChunkNamer namer) {
        seed = namer.pageSeed();
    }

    /** @param weight of the item: its plain bytes, and {@link PageRefs#REF_BYTES} for each reference in it */
    boolean after(int level, byte[] key, int weight) {
        long hash = seed + level;
        for (byte b : key) {
            hash = (hash ^ b & 0xff) * 0x0000_0100_0000_01b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51_afd7_ed55_8ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return (hash >>> 32) * (AVERAGE - MIN) < (long) weight << 32;
    }
}
