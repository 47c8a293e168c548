package org.azekura.engine.tree;

import static org.azekura.engine.chunk.ChunkKind.TREE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.tree.Entry.Content;
import org.azekura.engine.tree.Entry.Type;
import org.azekura.engine.tree.Entry.Xattr;

/** The rule {@code body} of the grammar: an entry without its name. */
final class EntryForm {

    private static final int UNSTABLE = 1;
    private static final int LINKED = 2;
    private static final int HASHED = 4;
    private static final int UNDATED = 8;
    private static final long UINT32 = 0xffff_ffffL;

    private EntryForm() {}

    static void write(Entry e, ByteOutput out, RefOutput refs) {
        byte[] hash = hash(e.content());
        out.u8(code(e.type()));
        out.u8((e.unstable() ? UNSTABLE : 0) | (e.linkGroup() != 0 ? LINKED : 0) | (hash != null ? HASHED : 0)
                | (e.mtime() == null ? UNDATED : 0));
        out.uint(e.mode() & UINT32);
        out.uint(e.uid() & UINT32);
        out.uint(e.gid() & UINT32);
        out.text(e.user());
        out.text(e.group());
        out.uint(e.size());
        if (e.mtime() != null) {
            out.time(e.mtime());
            out.time(e.ctime());
        }
        if (e.linkGroup() != 0) {
            out.u64(e.linkGroup());
        }
        switch (e.type()) {
            case SYMLINK -> out.block(e.target());
            case BLOCK, CHARACTER -> {
                out.uint(e.major() & UINT32);
                out.uint(e.minor() & UINT32);
            }
            case FILE, DIRECTORY, FIFO, SOCKET -> {}
        }
        out.uint(e.xattrs().size());
        for (Xattr xattr : e.xattrs()) {
            out.block(xattr.name());
            out.block(xattr.value());
        }
        write(e.content(), out, refs);
        if (hash != null) {
            out.raw(hash);
        }
    }

    /** @throws BackupException if this is not exactly one body, in the only form it can have */
    static Entry read(byte[] name, ByteInput in, RefInput refs) throws BackupException {
        Type type = type(in);
        int flags = in.u8("flags");
        if ((flags & ~(UNSTABLE | LINKED | HASHED | UNDATED)) != 0) {
            throw in.corrupt("unknown flags " + flags);
        }
        int mode = (int) in.uint(UINT32, "mode");
        int uid = (int) in.uint(UINT32, "uid");
        int gid = (int) in.uint(UINT32, "gid");
        String user = in.text(in.remaining(), "user");
        String group = in.text(in.remaining(), "group");
        long size = in.uint(Long.MAX_VALUE, "size");
        Instant mtime = (flags & UNDATED) == 0 ? in.time("mtime") : null;
        Instant ctime = (flags & UNDATED) == 0 ? in.time("ctime") : null;
        long linkGroup = (flags & LINKED) != 0 ? in.u64("link group") : 0;
        byte[] target = type == Type.SYMLINK ? in.block(in.remaining(), "link target") : null;
        boolean device = type == Type.BLOCK || type == Type.CHARACTER;
        int major = device ? (int) in.uint(UINT32, "major") : 0;
        int minor = device ? (int) in.uint(UINT32, "minor") : 0;
        List<Xattr> xattrs = xattrs(in);
        Content content = content(in, refs, (flags & HASHED) != 0);
        in.end("entry");
        if ((flags & LINKED) != 0 && linkGroup == 0 || (flags & HASHED) != 0 && hash(content) == null) {
            throw in.corrupt("flags " + flags + " promise what is not there");
        }
        try {
            return new Entry(name, type, mode, uid, gid, user, group, size, mtime, ctime, linkGroup, target, major, minor, xattrs, content,
                    (flags & UNSTABLE) != 0);
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    private static byte[] hash(Content content) {
        return switch (content) {
            case Content.Inline inline -> inline.hash();
            case Content.Paged paged -> paged.hash();
            case Content.None none -> null;
            case Content.Directory directory -> null;
        };
    }

    private static List<Xattr> xattrs(ByteInput in) throws BackupException {
        int count = in.count(2, "number of extended attributes");
        List<Xattr> xattrs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = in.block(in.remaining(), "name of an extended attribute");
            xattrs.add(new Xattr(name, in.block(in.remaining(), "extended attribute")));
        }
        return xattrs;
    }

    private static void write(Content content, ByteOutput out, RefOutput refs) {
        switch (content) {
            case Content.None none -> out.u8(0);
            case Content.Inline inline -> {
                out.u8(1);
                out.uint(inline.extents().size());
                for (Extent extent : inline.extents()) {
                    ExtentForm.write(extent, out, refs);
                }
            }
            case Content.Paged paged -> {
                out.u8(2);
                refs.put(out, paged.list(), TREE);
                out.uint(paged.extents());
            }
            case Content.Directory directory -> {
                out.u8(3);
                refs.put(out, directory.tree(), TREE);
            }
        }
    }

    private static Content content(ByteInput in, RefInput refs, boolean hashed) throws BackupException {
        int code = in.u8("content");
        switch (code) {
            case 0:
                return new Content.None();
            case 1:
                int count = in.count(ExtentForm.MIN_BYTES, "number of extents");
                List<Extent> extents = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    extents.add(ExtentForm.read(in, refs));
                }
                return new Content.Inline(extents, hashed ? in.raw(32, "hash") : null);
            case 2:
                ChunkId list = refs.get(in, TREE);
                long paged = in.uint(Long.MAX_VALUE, "number of extents");
                if (paged == 0) {
                    throw in.corrupt("a list of no extents");
                }
                return new Content.Paged(list, paged, hashed ? in.raw(32, "hash") : null);
            case 3:
                return new Content.Directory(refs.get(in, TREE));
            default:
                throw in.corrupt("content " + code + ", expected 0 to 3");
        }
    }

    private static int code(Type type) {
        return switch (type) {
            case FILE -> 1;
            case DIRECTORY -> 2;
            case SYMLINK -> 3;
            case FIFO -> 4;
            case SOCKET -> 5;
            case BLOCK -> 6;
            case CHARACTER -> 7;
        };
    }

    private static Type type(ByteInput in) throws BackupException {
        int code = in.u8("type");
        return switch (code) {
            case 1 -> Type.FILE;
            case 2 -> Type.DIRECTORY;
            case 3 -> Type.SYMLINK;
            case 4 -> Type.FIFO;
            case 5 -> Type.SOCKET;
            case 6 -> Type.BLOCK;
            case 7 -> Type.CHARACTER;
            default -> throw in.corrupt("type " + code + ", expected 1 to 7");
        };
    }
}
