package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.Sha256;

/**
 * Writes one pack. One thread. After any exception of the sink the pack is to be given up: what reached the sink is then a torn pack, of which
 * {@link PackReader#scan} finds the whole frames.
 */
public final class PackWriter {

    private final PackHeader header;
    private final PackSink sink;
    private final MessageDigest hash = Sha256.begin();
    private final List<IndexEntry> entries = new ArrayList<>();
    private long size;
    private boolean finished;

    /**
     * Begins the pack: writes its header.
     *
     * @throws IllegalArgumentException if there are more than 1024 sessions or one stands there twice
     */
    public PackWriter(PackId id, ChunkKind kind, TrustGroup group, List<SealedSession> sessions, PackSink sink) throws BackupException {
        this.header = new PackHeader(id, kind, group, sessions);
        this.sink = sink;
        write(header.encoded());
    }

    /**
     * Appends a frame as it is. Its checksum is not looked at: whoever took it in has done that with {@link Frame#parse}.
     *
     * @param frame exactly one, from position to limit; the position stays
     * @return its offset in the pack
     * @throws BackupException {@code frame.corrupt} if it is no frame, or not of this pack's kind and sessions: nothing was then written
     */
    public long append(ByteBuffer frame) throws BackupException {
        FrameHeader found = Frame.header(frame);
        String chunk = found.id().toString();
        if (finished || entries.size() == IndexTable.MAX_CHUNKS) {
            throw new IllegalStateException("pack " + header.pack() + " is " + (finished ? "finished" : "full: " + entries.size() + " chunks"));
        }
        if (found.kind() != header.kind() || header.number(found.session()) < 0) {
            throw Frame.corrupt(chunk, found.kind() + " of session " + found.session() + " for pack " + header.pack() + ", which holds "
                    + header.kind() + " of the sessions " + header.sessions().stream().map(SealedSession::session).toList());
        }
        if (frame.remaining() != found.frameLength()) {
            throw Frame.corrupt(chunk, frame.remaining() + " bytes, expected " + found.frameLength());
        }
        long offset = size;
        write(frame);
        entries.add(new IndexEntry(found.id(), found.session(), offset, found.frameLength()));
        return offset;
    }

    /** Bytes written so far. */
    public long size() {
        return size;
    }

    /** Frames appended so far. */
    public int chunks() {
        return entries.size();
    }

    /** Completes the pack: writes index and trailer. The sink has then had everything, but nobody has made it durable. */
    public void finish() throws BackupException {
        if (finished) {
            throw new IllegalStateException("pack " + header.pack() + " is finished");
        }
        finished = true;
        ByteBuffer index = IndexTable.encode(header, entries);
        PackTrailer trailer = new PackTrailer(size, index.remaining(), IndexTable.checksum(index));
        write(index);
        write(trailer.encoded());
        byte[] digest = hash.digest();
        size += digest.length;
        sink.write(ByteBuffer.wrap(digest));
    }

    private void write(ByteBuffer bytes) throws BackupException {
        hash.update(bytes.duplicate());
        size += bytes.remaining();
        sink.write(bytes.duplicate());
    }
}
