package org.azekura.packages;

import org.azekura.api.ByteSize;

/** How much unpacking would make, against what is packed: a bomb is seen before it is unpacked. */
final class Unpacked {

    static final long MAX_BYTES = 512L << 20;
    /** Below this no ratio counts: a few pages of zeros are no bomb. */
    static final long FREE_BYTES = 64L << 20;
    static final int MAX_RATIO = 100;

    private long packed;
    private long size;

    void add(String where, ZipDirectory.Member member) throws Flaw {
        packed += member.packed();
        size += member.size();
        if (size > MAX_BYTES || size > FREE_BYTES && size / MAX_RATIO > packed) {
            throw new Flaw("it is a zip bomb: what is packed in " + ByteSize.format(packed) + " up to " + where + member.name() + " would unpack to "
                    + ByteSize.format(size) + "; at most " + ByteSize.format(MAX_BYTES) + " are taken, and " + MAX_RATIO + " times what is packed");
        }
    }
}
