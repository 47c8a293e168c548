package org.azekura.storagenode.index;

import java.util.BitSet;

/** How much of every pack is marked as needed, as it was counted. */
public final class Marked {

    private final int[] entries;
    private final int[] chunks;
    private final long[] bytes;
    private final BitSet whole = new BitSet();

    Marked(int packs) {
        entries = new int[packs];
        chunks = new int[packs];
        bytes = new long[packs];
    }

    void add(int pack, long bits, boolean marked) {
        // Packs that came later are not counted.
        if (pack < entries.length) {
            entries[pack]++;
            if (marked) {
                chunks[pack]++;
                bytes[pack] += Place.length(bits);
            }
        }
    }

    /**
     * What a tally says.
     *
     * @param broken packs of which not all chunks were found when they were looked for
     */
    static Marked of(LiveTally tally, PackTable packs, BitSet broken) {
        Marked marked = new Marked(packs.limit());
        packs.each(pack -> {
            marked.chunks[pack] = tally.chunks(pack);
            marked.bytes[pack] = tally.bytes(pack);
            marked.whole.set(pack, !broken.get(pack));
        });
        return marked;
    }

    /** To be asked when everything was added. */
    void compare(PackTable packs) {
        packs.each(pack -> whole.set(pack, pack < entries.length && entries[pack] == packs.entered(pack)));
    }

    /** Marked chunks of this pack. */
    public int chunks(KnownPack pack) {
        return chunks[pack.number()];
    }

    /** Bytes of their frames. */
    public long bytes(KnownPack pack) {
        return bytes[pack.number()];
    }

    /** Whether the index has all chunks of this pack. If not, the index is damaged, and nothing it says of the pack can be relied on. */
    public boolean whole(KnownPack pack) {
        return whole(pack.number());
    }

    boolean whole(int pack) {
        return whole.get(pack);
    }
}
