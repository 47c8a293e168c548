package org.azekura.server.names;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;
import org.azekura.engine.chunk.Extent;
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
        Digest digest = new Digest();
        digest.number(entry.mode()).number(entry.uid()).number(entry.gid()).number(entry.major()).number(entry.minor());
        digest.bytes(entry.user().getBytes(StandardCharsets.UTF_8)).bytes(entry.group().getBytes(StandardCharsets.UTF_8));
        digest.bytes(entry.target() == null ? new byte[0] : entry.target());
        entry.xattrs().forEach(xattr -> digest.bytes(xattr.name()).bytes(xattr.value()));
        return digest.word() & 0xffff_ffffL;
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
        Digest digest = new Digest();
        for (Extent extent : inline.extents()) {
            digest.bytes(extent.isHole() ? new byte[0] : extent.chunk().bytes()).number(extent.offset()).number(extent.length());
        }
        return low(digest.word());
    }

    /** Half of it, without the last bit. */
    private static long low(long word) {
        return (word ^ word >>> 32) & 0xffff_fffeL;
    }

    private static long word(byte[] bytes) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | bytes[i] & 0xff;
        }
        return word;
    }

    /** Of bytes that anybody may have chosen: so that nobody can choose two that look the same. */
    private static final class Digest {

        private final MessageDigest sha;

        Digest() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        Digest number(long number) {
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
            return this;
        }

        Digest bytes(byte[] bytes) {
            number(bytes.length);
            sha.update(bytes);
            return this;
        }

        long word() {
            return Looks.word(sha.digest());
        }
    }
}
