package org.azekura.client.cache;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.azekura.api.ChunkId;

/** Widths and places of the package's grammar. */
final class CacheForm {

    static final int MAGIC = 0x415a4330; // AZC0
    static final int HEAD_BYTES = 4 + 16 + 8 + 4;
    static final int TRAILER_BYTES = 8 + 8 + 4 + 8 + 4;
    static final int DIRECTORY_BYTES = 32 + 8 + 4 + 4;

    /** Stands where the tree of a directory is not known. */
    static final ChunkId OPEN = new ChunkId(0, 0, 0, 0);

    static final int TYPE_AT = 4;
    static final int UNSTABLE_AT = 5;
    static final int NAME_LENGTH_AT = 6;
    static final int INODE_AT = 8;
    static final int DEVICE_AT = 16;
    static final int CHILD_AT = 24;
    static final int SIZE_AT = 32;
    static final int MTIME_SECOND_AT = 40;
    static final int CTIME_SECOND_AT = 48;
    static final int MTIME_NANO_AT = 56;
    static final int CTIME_NANO_AT = 60;
    static final int LINK_GROUP_AT = 64;
    static final int SEGMENT_AT = 72;
    static final int NAME_AT = 80;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private CacheForm() {}
}
