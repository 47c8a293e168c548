package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.format.Sha256;

/** Reads a pack once from end to end and compares it with its index and its checksums. */
final class PackAudit {

    private static final int STEP = 1 << 20;

    private final PackReader reader;
    private final PackHeader header;
    private final PackIndex index;
    private final long size;
    private final String pack;
    private final MessageDigest hash = Sha256.begin();
    private final List<ChunkId> damaged = new ArrayList<>();
    private String first;

    PackAudit(PackReader reader, PackHeader header, PackIndex index, long size) {
        this.reader = reader;
        this.header = header;
        this.index = index;
        this.size = size;
        this.pack = index.pack().toString();
    }

    PackCheck result() throws BackupException {
        hash(0, header.length());
        long at = header.length();
        for (IndexEntry entry : index.entries()) {
            frame(entry);
            at += entry.length();
        }
        hash(at, size - PackTrailer.HASH_BYTES);
        byte[] expected = hash.digest();
        byte[] found = reader.read(pack, size - PackTrailer.HASH_BYTES, PackTrailer.HASH_BYTES).array();
        if (!damaged.isEmpty()) {
            return new PackCheck(damaged, "pack " + pack + ": " + damaged.size() + " of " + index.entries().size()
                    + " chunks damaged, the first in the " + first);
        }
        if (!Arrays.equals(expected, found)) {
            return new PackCheck(damaged, "pack " + pack + ": SHA-256 " + HexFormat.of().formatHex(found) + ", expected "
                    + HexFormat.of().formatHex(expected));
        }
        return new PackCheck(damaged, null);
    }

    private void hash(long from, long to) throws BackupException {
        for (long at = from; at < to; at += STEP) {
            hash.update(reader.read(pack, at, (int) Math.min(STEP, to - at)));
        }
    }

    private void frame(IndexEntry entry) throws BackupException {
        ByteBuffer bytes = reader.read(pack, entry.offset(), entry.length());
        hash.update(bytes.duplicate());
        try {
            FrameHeader found = Frame.parse(bytes).header();
            if (!found.id().equals(entry.chunk()) || !found.session().equals(entry.session()) || found.kind() != index.kind()) {
                throw Frame.corrupt(entry.chunk().toString(), "found chunk " + found.id() + " of session " + found.session());
            }
        } catch (BackupException e) {
            damaged.add(entry.chunk());
            first = first == null ? e.getMessage() + ", at " + entry.offset() : first;
        }
    }
}
