package org.azekura.engine.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteOutput;

/** The clear part of a page: what it refers to, without a word of what is there. Needs no key. */
public final class PageRefs {

    static final int VERSION = FormatVersion.FIRST;
    /** What one reference takes. */
    static final int REF_BYTES = 1 + ChunkId.BYTES;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    /** More do not fit. */
    static final int MAX_REFS = (Page.MAX_CLEAR - HEADER_BYTES) / REF_BYTES;

    private PageRefs() {}

    /**
     * Reads the clear part, from the buffer's position to its limit; moves neither.
     *
     * @return distinct references, in the order of their numbers
     * @throws BackupException {@code tree.corrupt}
     */
    public static List<Ref> parse(ByteBuffer clear) throws BackupException {
        ByteBuffer in = clear.slice();
        if (in.remaining() < HEADER_BYTES || in.remaining() > Page.MAX_CLEAR) {
            throw corrupt(in.remaining() + " bytes, expected " + HEADER_BYTES + " to " + Page.MAX_CLEAR);
        }
        int version = in.get() & 0xff;
        if (version != VERSION) {
            throw corrupt(FormatVersion.message(version, VERSION));
        }
        int count = in.getInt();
        if (count < 0 || (long) count * REF_BYTES != in.remaining()) {
            throw corrupt(count + " references in " + in.remaining() + " bytes, expected " + REF_BYTES + " bytes each");
        }
        List<Ref> refs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ChunkKind kind = kind(in.get());
            refs.add(new Ref(ChunkId.read(in), kind));
        }
        return refs;
    }

    static int bytes(int refs) {
        return HEADER_BYTES + refs * REF_BYTES;
    }

    static byte[] encode(List<Ref> refs) {
        ByteOutput out = new ByteOutput(bytes(refs.size()));
        out.u8(VERSION);
        out.u32(refs.size());
        for (Ref ref : refs) {
            out.u8(code(ref.kind()));
            out.chunk(ref.id());
        }
        return out.toBytes();
    }

    private static int code(ChunkKind kind) {
        return switch (kind) {
            case DATA -> 0;
            case TREE -> 1;
        };
    }

    private static ChunkKind kind(int code) throws BackupException {
        return switch (code) {
            case 0 -> ChunkKind.DATA;
            case 1 -> ChunkKind.TREE;
            default -> throw corrupt("kind " + code + " of a reference, expected 0 or 1");
        };
    }

    private static BackupException corrupt(String what) {
        return BackupException.corrupt("tree.corrupt", "", "clear part of a tree page: " + what);
    }
}
