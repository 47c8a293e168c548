package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;

/** Finds whole frames without an index. */
final class FrameScan {

    private static final int WINDOW = 64 << 10;

    /** A hostile pack could begin a huge frame at every few bytes; an honest one has a handful of damaged places. */
    private static final int MAX_FALSE_STARTS = 1024;

    private final PackReader reader;
    private final PackHeader header;
    private final long size;
    private final List<IndexEntry> entries = new ArrayList<>();
    private int falseStarts;

    FrameScan(PackReader reader, PackHeader header, long size) {
        this.reader = reader;
        this.header = header;
        this.size = size;
    }

    List<IndexEntry> entries() throws BackupException {
        long at = header.length();
        while (size - at > Frame.HEADER_BYTES && falseStarts < MAX_FALSE_STARTS && entries.size() < IndexTable.MAX_CHUNKS) {
            FrameHeader found = whole(at);
            if (found == null) {
                falseStarts++;
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
        ByteBuffer begin = reader.read(header.pack().toString(), at, Frame.HEADER_BYTES);
        try {
            FrameHeader found = Frame.header(begin);
            boolean ours = found.kind() == header.kind() && header.number(found.session()) >= 0;
            if (!ours || found.frameLength() > size - at) {
                return null;
            }
            return Frame.parse(reader.frame(at, found.frameLength())).header();
        } catch (BackupException e) {
            if (e.failure().code().equals("frame.corrupt")) {
                return null;
            }
            throw e;
        }
    }

    /** Where the next frame may begin, or the pack's end. */
    private long nextMagic(long from) throws BackupException {
        long at = from;
        while (size - at > Frame.HEADER_BYTES) {
            ByteBuffer window = reader.read(header.pack().toString(), at, (int) Math.min(WINDOW, size - at));
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
