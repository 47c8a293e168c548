package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;

/** Finds whole frames without an index. Reads a pack at most some {@value #READS} times, then makes do with what it has found. */
final class FrameScan {

    private static final int WINDOW = 64 << 10;

    /** A hostile pack could seem to begin a huge frame at every few bytes; looking at them all would never end. */
    private static final int READS = 16;
    private static final int SMALL = 16 << 20;

    private final PackReader reader;
    private final PackHeader header;
    private final long size;
    private final List<IndexEntry> entries = new ArrayList<>();
    private long budget;

    /** @param header null if it is lost: then any frame counts */
    FrameScan(PackReader reader, PackHeader header, long size) {
        this.reader = reader;
        this.header = header;
        this.size = size;
        this.budget = SMALL + READS * Math.min(size, Long.MAX_VALUE / (2 * READS));
    }

    List<IndexEntry> entries() throws BackupException {
        long at = header == null ? 0 : header.length();
        while (size - at > Frame.HEADER_BYTES && budget > 0 && entries.size() < IndexTable.MAX_CHUNKS) {
            FrameHeader found = whole(at);
            if (found == null) {
                at = nextMagic(at + 1);
            } else {
                entries.add(new IndexEntry(found.id(), found.session(), at, found.frameLength()));
                at += found.frameLength();
            }
        }
        return entries;
    }

    /** The header of the whole and sound frame that begins here, or null. */
    private FrameHeader whole(long at) throws BackupException {
        ByteBuffer begin = read(at, Frame.HEADER_BYTES);
        try {
            FrameHeader found = Frame.header(begin);
            boolean ours = header == null || found.kind() == header.kind() && header.number(found.session()) >= 0;
            if (!ours || found.frameLength() > size - at) {
                return null;
            }
            return Frame.parse(read(at, found.frameLength())).header();
        } catch (BackupException e) {
            if (e.failure().code().equals("frame.corrupt")) {
                return null;
            }
            throw e;
        }
    }

    private ByteBuffer read(long at, int length) throws BackupException {
        budget -= length;
        return reader.read(header == null ? "" : header.pack().toString(), at, length);
    }

    /** Where the next frame may begin, or the pack's end. */
    private long nextMagic(long from) throws BackupException {
        long at = from;
        while (size - at > Frame.HEADER_BYTES && budget > 0) {
            ByteBuffer window = read(at, (int) Math.min(WINDOW, size - at));
            for (int i = 0; i <= window.limit() - Integer.BYTES; i++) {
                if (window.getInt(i) == FrameHeader.MAGIC) {
                    return at + i;
                }
            }
            at += window.limit() - Integer.BYTES + 1;
        }
        return size;
    }
}
