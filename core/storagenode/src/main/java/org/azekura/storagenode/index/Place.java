package org.azekura.storagenode.index;

/**
 * Where a chunk lies.
 *
 * @param pack       number of the pack
 * @param session    number within the pack
 * @param damaged    whether it was found unreadable there
 * @param references how many live pages refer to the chunk, as far as they are noted at this place; see {@link References}
 */
record Place(int pack, int offset, int length, int session, boolean damaged, int references) {

    static final int MAX_PACK = (1 << 30) - 2;
    static final int MAX_LENGTH = (1 << 23) - 1;
    static final int MAX_SESSION = (1 << 10) - 1;

    /** Offset, length and session, all that never changes, in 31, 23 and 10 bits. */
    long bits() {
        return (long) offset << 33 | (long) length << 10 | session;
    }

    static Place of(int pack, long bits, boolean damaged, int references) {
        return new Place(pack, (int) (bits >>> 33), length(bits), (int) bits & MAX_SESSION, damaged, references);
    }

    /** Whether it is needed there. */
    boolean marked() {
        return references > 0;
    }

    static int length(long bits) {
        return (int) (bits >>> 10) & MAX_LENGTH;
    }
}
