package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** The byte form of a pack's index. */
final class IndexTable {

    static final int HEAD_BYTES = 8;
    static final int MAX_CHUNKS = 1 << 20;
    private static final int ENTRY_BYTES = ChunkId.BYTES + Short.BYTES + Integer.BYTES;
    static final int MAX_BYTES = HEAD_BYTES + MAX_CHUNKS * ENTRY_BYTES;

    static final int MAGIC = 0x415a4900 | PackHeader.VERSION; // AZI and the version

    private IndexTable() {}

    static ByteBuffer encode(PackHeader header, List<IndexEntry> entries) {
        ByteBuffer to = ByteBuffer.allocate(HEAD_BYTES + entries.size() * ENTRY_BYTES);
        to.putInt(MAGIC).putInt(entries.size());
        for (IndexEntry e : entries) {
            e.chunk().write(to);
            to.putShort((short) header.number(e.session())).putInt(e.length());
        }
        return to.flip();
    }

    static int checksum(ByteBuffer index) {
        CRC32C crc = new CRC32C();
        crc.update(index.duplicate());
        return (int) crc.getValue();
    }

    /** @param end where the last frame must end */
    static List<IndexEntry> parse(PackHeader header, ByteBuffer from, long end) throws BackupException {
        String pack = header.pack().toString();
        int magic = from.getInt();
        int count = from.getInt();
        if (magic != MAGIC || count < 0 || from.remaining() != (long) count * ENTRY_BYTES) {
            throw PackReader.corrupt(pack, "index at %d: begins with %08x, %s frames in %d bytes; expected %08x (AZI and the version), %d bytes a frame"
                    .formatted(end, magic, Integer.toUnsignedString(count), from.remaining(), MAGIC, ENTRY_BYTES));
        }
        List<IndexEntry> entries = new ArrayList<>(count);
        long at = header.length();
        for (int i = 0; i < count; i++) {
            ChunkId chunk = ChunkId.read(from);
            int session = from.getShort() & 0xffff;
            int length = from.getInt();
            if (session >= header.sessions().size() || length <= Frame.HEADER_BYTES || length > Frame.MAX_BYTES) {
                throw PackReader.corrupt(pack, "index at %d: frame %d of session %d with %s bytes; expected one of %d sessions, %d to %d bytes"
                        .formatted(end, i, session, Integer.toUnsignedString(length), header.sessions().size(), Frame.HEADER_BYTES + 1,
                                Frame.MAX_BYTES));
            }
            entries.add(new IndexEntry(chunk, header.sessions().get(session).session(), at, length));
            at += length;
        }
        if (at != end) {
            throw PackReader.corrupt(pack, "index at " + end + ": its frames end at " + at);
        }
        return entries;
    }
}
