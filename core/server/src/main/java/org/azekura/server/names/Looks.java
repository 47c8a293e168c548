package org.azekura.server.names;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Entry.Content;

/**
 * What the index keeps of an entry, enough to tell whether two of them are one version: as a list of differences would by the
 * entries themselves, but for one in four thousand million. A look is 32 bits of a digest of the attributes, 31 of the content, and whether those are of
 * its hash.
 */
final class Looks {

    private static final long HASHED = 1;

    private Looks() {}

    static NameState of(Entry entry) {
        return new NameState(NameType.valueOf(entry.type().name()), entry.size(), entry.mtime(), attributes(entry) << 32 | content(entry));
    }

    /** Whether nobody would call it a change from one to the other. */
    static boolean isSame(NameState a, NameState b) {
        return a.type() == b.type() && a.size() == b.size() && (a.type() == NameType.DIRECTORY || Objects.equals(a.mtime(), b.mtime()))
                && a.look() >>> 32 == b.look() >>> 32 && ((a.look() & HASHED) != (b.look() & HASHED) || a.look() == b.look());
    }

    private static long attributes(Entry entry) {
        ByteOutput out = new ByteOutput(128);
        out.uint(entry.mode());
        out.uint(Integer.toUnsignedLong(entry.uid()));
        out.uint(Integer.toUnsignedLong(entry.gid()));
        out.text(entry.user());
        out.text(entry.group());
        out.uint(Integer.toUnsignedLong(entry.major()));
        out.uint(Integer.toUnsignedLong(entry.minor()));
        out.block(entry.target() == null ? new byte[0] : entry.target());
        for (Entry.Xattr xattr : entry.xattrs()) {
            out.block(xattr.name());
            out.block(xattr.value());
        }
        return digest(out) & 0xffff_ffffL;
    }

    private static long content(Entry entry) {
        return switch (entry.content()) {
            case Content.None none -> 0;
            case Content.Directory directory -> 0;
            case Content.Inline inline -> inline.hash() != null ? hashed(inline.hash()) : extents(inline);
            case Content.Paged paged -> paged.hash() != null ? hashed(paged.hash()) : low(word(paged.list().bytes()) + paged.extents());
        };
    }

    private static long hashed(byte[] hash) {
        return low(word(hash)) | HASHED;
    }

    private static long extents(Content.Inline inline) {
        ByteOutput out = new ByteOutput(256);
        for (Extent extent : inline.extents()) {
            if (!extent.isHole()) {
                out.chunk(extent.chunk());
            }
            out.uint(extent.offset());
            out.uint(extent.length());
        }
        return low(digest(out));
    }

    /** Without the last bit. */
    private static long low(long word) {
        return word & 0xffff_fffeL;
    }

    private static long word(byte[] bytes) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | bytes[i] & 0xff;
        }
        return word;
    }

    private static long digest(ByteOutput out) {
        try {
            return word(MessageDigest.getInstance("SHA-256").digest(out.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
