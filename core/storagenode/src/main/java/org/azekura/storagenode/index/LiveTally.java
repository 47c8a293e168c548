package org.azekura.storagenode.index;

import java.util.Arrays;

/**
 * How many chunks of each pack something live refers to, kept up to date as counts leave zero and come back to it; and whether these counts can be
 * gone on with. They never outlive the process. The owner's lock guards it.
 */
final class LiveTally {

    private int[] chunks = new int[64];
    private long[] bytes = new long[64];
    /** Whether something happened since the counting began that makes counts inexact, though nothing live counts as dead. */
    private boolean doubtful = true;
    /** Name of what has been counted; 0: a counting is under way, was broken off, or there was none. */
    private long counted;

    /** A chunk's place in this pack is needed from here on ({@code by} 1), or not any more (-1). */
    void add(int pack, int length, int by) {
        if (pack >= chunks.length) {
            int wanted = Math.addExact(pack, pack / 2);
            chunks = Arrays.copyOf(chunks, wanted);
            bytes = Arrays.copyOf(bytes, wanted);
        }
        chunks[pack] += by;
        bytes[pack] += (long) by * length;
    }

    int chunks(int pack) {
        return pack < chunks.length ? chunks[pack] : 0;
    }

    long bytes(int pack) {
        return pack < bytes.length ? bytes[pack] : 0;
    }

    /** All counts are about to be taken back. */
    void restart() {
        doubtful = false;
        counted = 0;
    }

    /** A count can't be relied on any more: the next prune counts everything anew. */
    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Whether that is what was counted. If so, it is about to change. */
    boolean resume(long since) {
        boolean can = since != 0 && since == counted && !doubtful;
        counted = 0;
        return can;
    }

    /** Everything is counted, and goes by this name. */
    void keep(long name) {
        counted = name;
    }
}
