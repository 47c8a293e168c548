package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;

/**
 * Reads one pack. As many threads at once as the source allows. Believes nothing: every length is checked against the pack's real size before
 * anything is allocated by it.
 */
public final class PackReader {

    static final String CORRUPT = "pack.corrupt";

    private final PackSource source;

    public PackReader(PackSource source) {
        this.source = source;
    }

    /**
     * Reads header, index and trailer, and no frame.
     *
     * @throws BackupException {@code pack.corrupt}; or what the source throws
     */
    public PackIndex index() throws BackupException {
        PackHeader header = header();
        String pack = header.pack().toString();
        long size = source.size();
        long room = size - header.length() - PackTrailer.BYTES;
        if (room < IndexTable.HEAD_BYTES) {
            throw corrupt(pack, size + " bytes, expected at least " + (size - room + IndexTable.HEAD_BYTES));
        }
        PackTrailer trailer = PackTrailer.parse(pack, read(pack, size - PackTrailer.BYTES, PackTrailer.BYTES), size);
        if (trailer.indexLength() > room) {
            throw corrupt(pack, "index of " + trailer.indexLength() + " bytes, expected at most " + room);
        }
        return index(header, IndexTable.parse(header, index(pack, trailer), trailer.indexOffset()));
    }

    /**
     * Finds what is whole from header and frames alone: the pack may end anywhere, and frames may be damaged. Reads everything.
     *
     * @throws BackupException {@code pack.corrupt} if the header is not sound; or what the source throws
     */
    public PackIndex scan() throws BackupException {
        PackHeader header = header();
        return index(header, new FrameScan(this, header, source.size()).entries());
    }

    /**
     * Finds every whole frame although not even the header may be sound. Whose they are is then not known. Reads everything.
     *
     * @throws BackupException only what the source throws
     */
    public List<IndexEntry> frames() throws BackupException {
        return new FrameScan(this, null, source.size()).entries();
    }

    /**
     * The bytes of one frame as they are; {@link Frame#parse} checks them.
     *
     * @throws BackupException {@code pack.corrupt} if they are not within the pack
     */
    public ByteBuffer frame(long offset, int length) throws BackupException {
        long size = source.size();
        if (offset < 0 || length <= Frame.HEADER_BYTES || length > Frame.MAX_BYTES || offset > size - length) {
            throw corrupt("", "frame of " + length + " bytes at " + offset + ", expected " + (Frame.HEADER_BYTES + 1) + " to " + Frame.MAX_BYTES
                    + " bytes within " + size);
        }
        return read("", offset, length);
    }

    /**
     * Reads everything and compares it with all checksums. No key is needed.
     *
     * @throws BackupException only what the source throws: damage is a result
     */
    public PackCheck check() throws BackupException {
        try {
            PackHeader header = header();
            return new PackAudit(this, header, index(), source.size()).result();
        } catch (BackupException e) {
            if (e.failure().code().equals(CORRUPT)) {
                return new PackCheck(List.of(), e.getMessage());
            }
            throw e;
        }
    }

    /**
     * The SHA-256 at its end, as it stands there: nothing but index and trailer is read.
     *
     * @throws BackupException {@code pack.corrupt} if the two are not whole, so that nobody can say whether this is; or what the source throws
     */
    public ByteBuffer hash() throws BackupException {
        long size = source.size();
        ByteBuffer end = read("", Math.max(0, size - PackTrailer.BYTES), PackTrailer.BYTES);
        index("", PackTrailer.parse("", end, size));
        return end.slice(PackTrailer.BYTES - PackTrailer.HASH_BYTES, PackTrailer.HASH_BYTES);
    }

    /** Its bytes, whole. */
    private ByteBuffer index(String pack, PackTrailer trailer) throws BackupException {
        ByteBuffer index = read(pack, trailer.indexOffset(), trailer.indexLength());
        int found = IndexTable.checksum(index);
        if (found != trailer.checksum()) {
            throw corrupt(pack, "index at %d: checksum %08x, expected %08x".formatted(trailer.indexOffset(), found, trailer.checksum()));
        }
        return index;
    }

    private static PackIndex index(PackHeader header, List<IndexEntry> entries) {
        return new PackIndex(header.pack(), header.kind(), header.group(), header.sessions(), entries);
    }

    private PackHeader header() throws BackupException {
        long size = source.size();
        if (size < PackHeader.LENGTH_BYTES) {
            throw corrupt("", size + " bytes, expected a header of at least " + PackHeader.LENGTH_BYTES);
        }
        int length = PackHeader.length(read("", 0, PackHeader.LENGTH_BYTES));
        if (length > size) {
            throw corrupt("", "header of " + length + " bytes, expected at most " + size);
        }
        return PackHeader.parse(read("", 0, length).array());
    }

    /** Exactly this many bytes, in a buffer over an array of just that size. */
    ByteBuffer read(String pack, long offset, int length) throws BackupException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (source.read(offset + into.position(), into) <= 0) {
                throw corrupt(pack, "ends at " + (offset + into.position()) + ", expected " + into.remaining() + " bytes more");
            }
        }
        return into.flip();
    }

    static BackupException corrupt(String pack, String what) {
        return BackupException.corrupt(CORRUPT, pack, "pack" + (pack.isEmpty() ? "" : " " + pack) + ": " + what);
    }
}
