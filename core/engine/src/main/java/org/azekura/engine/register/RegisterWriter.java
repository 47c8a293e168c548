package org.azekura.engine.register;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.pack.SealedSession;

/** Writes a register, page by page: sessions, then packs, then chunks, then manifests, then tree pages. One thread. */
public final class RegisterWriter {

    /** A page is written when there is as much in it; what is longer than what is left then has one of its own. */
    private static final int FULL = 64 << 10;
    private static final int ROOM = 16 << 10;

    private final Sink sink;
    private ByteBuffer page = ByteBuffer.allocate(RegisterForm.HEAD + FULL + ROOM + Integer.BYTES);
    private int kind = -1;
    private long pages;
    private long items;
    private long all;

    /** Takes pages in order. */
    @FunctionalInterface
    public interface Sink {

        /** @param page whole, from position to limit; used again afterwards */
        void page(ByteBuffer page) throws BackupException;
    }

    public RegisterWriter(Sink sink) {
        this.sink = sink;
        begin();
    }

    private void begin() {
        page.clear().position(RegisterForm.HEAD);
        items = 0;
    }

    public void session(SealedSession session) throws BackupException {
        ByteBuffer to = item(RegisterForm.SESSIONS);
        byte[] key = session.sealedKey();
        to.putLong(session.session().high()).putLong(session.session().low()).putShort((short) key.length).put(key);
    }

    /** @param sessions as they were written here, counted from 0; at most 1024 */
    public void pack(RegisteredPack pack, List<Integer> sessions) throws BackupException {
        ByteBuffer to = item(RegisterForm.PACKS);
        to.putLong(pack.id().high()).putLong(pack.id().low()).put((byte) (pack.tree() ? 1 : 0)).put(pack.group().bytes()).putLong(pack.size());
        to.putInt(pack.chunks()).putInt(pack.places()).putShort((short) sessions.size());
        sessions.forEach(to::putInt);
    }

    /** @param pack as it was written here, counted from 0 */
    public void chunk(int pack, ChunkId chunk, int offset, int length, int session) throws BackupException {
        ByteBuffer to = item(RegisterForm.CHUNKS).putInt(pack);
        to.putLong(chunk.a()).putLong(chunk.b()).putLong(chunk.c()).putLong(chunk.d()).putInt(offset).putInt(length).putShort((short) session);
    }

    /** @param manifest as it lies on the volume; its position stays */
    public void manifest(ByteBuffer manifest) throws BackupException {
        piece(RegisterForm.MANIFESTS, manifest);
    }

    /** @param frame sealed, as it lies in its pack; its position stays */
    public void page(ByteBuffer frame) throws BackupException {
        piece(RegisterForm.PAGES, frame);
    }

    private void piece(int of, ByteBuffer bytes) throws BackupException {
        item(of, Integer.BYTES + bytes.remaining()).putInt(bytes.remaining()).put(bytes.duplicate());
    }

    private ByteBuffer item(int next) throws BackupException {
        return item(next, ROOM);
    }

    private ByteBuffer item(int next, int length) throws BackupException {
        if (next < kind) {
            throw new IllegalArgumentException("kinds of a register ascend: " + next + " behind " + kind);
        }
        int room = page.capacity() - Integer.BYTES - page.position();
        if (next != kind || page.position() >= RegisterForm.HEAD + FULL || room < length) {
            flush();
        }
        if (RegisterForm.HEAD + length + Integer.BYTES > page.capacity()) {
            page = ByteBuffer.allocate(RegisterForm.HEAD + length + Integer.BYTES).position(RegisterForm.HEAD);
        }
        kind = next;
        items++;
        return page;
    }

    private void flush() throws BackupException {
        if (items > 0) {
            pages++;
            all += items;
            page();
        }
    }

    /** Writes what is left and the end; nothing may be added afterwards. */
    public void finish() throws BackupException {
        flush();
        kind = RegisterForm.end(RegisterForm.VERSION);
        page.putLong(pages).putLong(all);
        page();
    }

    private void page() throws BackupException {
        int length = page.position() - RegisterForm.HEAD;
        page.putInt(0, RegisterForm.MAGIC).put(4, (byte) RegisterForm.VERSION).put(5, (byte) kind).putInt(6, length);
        page.putInt(RegisterForm.checksum(page.slice(0, page.position()))).flip();
        sink.page(page);
        begin();
    }
}
