package org.azekura.engine.register;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.SealedSession;

/** Reads a register, page by page, and believes nothing: lengths and numbers are checked before they are used. One thread. */
public final class RegisterReader {

    /** Code of what is no sound register. */
    public static final String CORRUPT = "register.corrupt";

    private final Source source;
    private final String subject;
    private int version;
    private int kind;
    private long pages;
    private long items;
    private int sessions;
    private int packs;

    /** Gives the bytes of a register in order. */
    @FunctionalInterface
    public interface Source {

        /** Fills the buffer; less only at the end. */
        void read(ByteBuffer into) throws BackupException;
    }

    /** How far it is read. */
    public enum Part {

        /** Sessions, packs and where chunks lie. */
        PLACES(RegisterForm.CHUNKS),
        /** That, and manifests. */
        MANIFESTS(RegisterForm.MANIFESTS),
        ALL(RegisterForm.PAGES);

        private final int last;

        Part(int last) {
            this.last = last;
        }
    }

    /** Takes what a register says, in its order; who does not want all of it leaves out the rest. */
    public interface Visitor {

        default void session(SealedSession session) throws BackupException {}

        /** @param sessions that came before, counted from 0 */
        default void pack(RegisteredPack pack, List<Integer> sessions) throws BackupException {}

        /**
         * @param pack    that came before, counted from 0
         * @param session of the pack's; nobody has looked whether it has so many
         */
        default void chunk(int pack, ChunkId chunk, int offset, int length, int session) throws BackupException {}

        /** @param manifest as it was on the volume; nobody has looked whether it is one */
        default void manifest(ByteBuffer manifest) throws BackupException {}

        /** @param frame of a tree page; nobody has looked whether it is one */
        default void page(ByteBuffer frame) throws BackupException {}
    }

    /** @param subject which register this is, for messages */
    public RegisterReader(Source source, String subject) {
        this.source = source;
        this.subject = subject;
    }

    /**
     * Reads this much of it. What was visited before a failure is true, but not all.
     *
     * @throws BackupException {@value #CORRUPT}, {@code format.version}; what the source and the visitor throw
     */
    public void read(Part part, Visitor visitor) throws BackupException {
        boolean more = true;
        while (more) {
            more = page(part, visitor);
        }
        if (version != 0 && kind == RegisterForm.end(version) && fill(1, true).hasRemaining()) {
            throw corrupt("something follows its end");
        }
    }

    /** Whether another one is to be read. */
    private boolean page(Part part, Visitor visitor) throws BackupException {
        ByteBuffer head = fill(RegisterForm.HEAD, false);
        int length = head.getInt(6);
        if (head.getInt(0) != RegisterForm.MAGIC || length < 1 || length > RegisterForm.MAX_BODY) {
            throw corrupt("page " + pages + " does not begin as a page does");
        }
        ByteBuffer page = fill(ByteBuffer.allocate(RegisterForm.HEAD + length).put(head), false);
        int expected = RegisterForm.checksum(page.duplicate());
        if (fill(Integer.BYTES, false).getInt(0) != expected) {
            throw corrupt("the checksum of page " + pages + " is wrong");
        }
        version(page.get(4) & 0xff);
        int next = page.get(5) & 0xff;
        if (next < kind || next > RegisterForm.end(version)) {
            throw corrupt("page " + pages + " is of kind " + next + ", behind one of " + kind);
        }
        kind = next;
        page.position(RegisterForm.HEAD);
        if (kind == RegisterForm.end(version)) {
            end(page);
            return false;
        }
        if (kind > part.last) {
            return false;
        }
        while (page.hasRemaining()) {
            item(page, visitor);
            items++;
        }
        pages++;
        return true;
    }

    /** All pages are of the same. */
    private void version(int said) throws BackupException {
        if (said != RegisterForm.FIRST && said != RegisterForm.VERSION) {
            throw FormatVersion.other(subject, subject, said, RegisterForm.VERSION);
        }
        if (version != 0 && version != said) {
            throw corrupt("page " + pages + " is of version " + said + ", behind one of " + version);
        }
        version = said;
    }

    private void end(ByteBuffer page) throws BackupException {
        if (page.remaining() != 2 * Long.BYTES || page.getLong() != pages || page.getLong() != items) {
            throw corrupt("its end does not say " + pages + " pages with " + items + " items");
        }
    }

    private void item(ByteBuffer from, Visitor visitor) throws BackupException {
        switch (kind) {
            case RegisterForm.SESSIONS -> session(from, visitor);
            case RegisterForm.PACKS -> pack(from, visitor);
            case RegisterForm.CHUNKS -> chunk(from, visitor);
            case RegisterForm.MANIFESTS -> visitor.manifest(piece(from));
            default -> visitor.page(piece(from));
        }
    }

    private ByteBuffer piece(ByteBuffer from) throws BackupException {
        require(from, Integer.BYTES);
        int length = from.getInt();
        if (length < 1 || length > from.remaining()) {
            throw corrupt("a piece of " + length + " bytes in page " + pages);
        }
        ByteBuffer piece = from.slice(from.position(), length);
        from.position(from.position() + length);
        return piece;
    }

    private void session(ByteBuffer from, Visitor visitor) throws BackupException {
        require(from, 18);
        SessionId id = new SessionId(from.getLong(), from.getLong());
        int length = from.getShort() & 0xffff;
        if (length < 1 || length > SealedSession.MAX_KEY_BYTES) {
            throw corrupt("a sealed key of " + length + " bytes");
        }
        require(from, length);
        byte[] key = new byte[length];
        from.get(key);
        visitor.session(new SealedSession(id, key));
        sessions++;
    }

    private void pack(ByteBuffer from, Visitor visitor) throws BackupException {
        require(from, RegisterForm.PACK);
        PackId id = new PackId(from.getLong(), from.getLong());
        int tree = from.get();
        TrustGroup group = new TrustGroup(from.getLong(), from.getLong());
        RegisteredPack pack = new RegisteredPack(id, tree == 1, group, from.getLong(), from.getInt(), from.getInt());
        if (tree < 0 || tree > 1 || pack.size() < 0 || pack.places() < 0 || pack.chunks() < pack.places()) {
            throw corrupt("no pack can be " + pack);
        }
        int count = from.getShort() & 0xffff;
        require(from, count * Integer.BYTES);
        List<Integer> its = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            its.add(below(from.getInt(), sessions, "session"));
        }
        visitor.pack(pack, its);
        packs++;
    }

    private void chunk(ByteBuffer from, Visitor visitor) throws BackupException {
        require(from, RegisterForm.CHUNK);
        int pack = below(from.getInt(), packs, "pack");
        ChunkId chunk = new ChunkId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
        int offset = from.getInt();
        int length = from.getInt();
        if (offset < 0 || length <= 0) {
            throw corrupt("a chunk of " + length + " bytes at " + offset);
        }
        visitor.chunk(pack, chunk, offset, length, from.getShort() & 0xffff);
    }

    private int below(int number, int most, String what) throws BackupException {
        if (number < 0 || number >= most) {
            throw corrupt(what + " " + number + " of " + most);
        }
        return number;
    }

    private void require(ByteBuffer from, int bytes) throws BackupException {
        if (from.remaining() < bytes) {
            throw corrupt("an item ends behind page " + pages);
        }
    }

    private ByteBuffer fill(int length, boolean lessWillDo) throws BackupException {
        return fill(ByteBuffer.allocate(length), lessWillDo);
    }

    /** From position 0 to its limit. */
    private ByteBuffer fill(ByteBuffer into, boolean lessWillDo) throws BackupException {
        source.read(into);
        if (into.hasRemaining() && !lessWillDo) {
            throw corrupt("it ends in page " + pages);
        }
        return into.flip();
    }

    private BackupException corrupt(String what) {
        return BackupException.corrupt(CORRUPT, subject, subject + ": " + what);
    }
}
