package org.azekura.storagenode.index;

/**
 * Where a chunk lies.
 *
 * @param pack    number of the pack
 * @param session number within the pack
 * @param damaged whether it was found unreadable there
 * @param marked  whether the prune that runs, or ran last, found it needed there
 */
record Place(int pack, int offset, int length, int session, boolean damaged, boolean marked) {

    static final int MAX_PACK = (1 << 30) - 2;
    static final int MAX_LENGTH = (1 << 23) - 1;
    static final int MAX_SESSION = (1 << 10) - 1;

    /** Offset, length and session, all that never changes, in 31, 23 and 10 bits. */
    long bits() {
        return (long) offset << 33 | (long) length << 10 | session;
    }

    static Place of(int pack, long bits, boolean damaged, boolean marked) {
        return new Place(pack, (int) (bits >>> 33), length(bits), (int) bits & MAX_SESSION, damaged, marked);
    }

    static int length(long bits) {
        return (int) (bits >>> 10) & MAX_LENGTH;
    }
}
