package org.azekura.engine.tree;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.Extent;

/**
 * What a directory says of one name. Immutable as long as nobody writes into its arrays; compared by content.
 *
 * @param name      1 to {@value #MAX_NAME} bytes, no slash, no NUL, neither {@code .} nor {@code ..}
 * @param mode      permission bits, setuid, setgid and sticky among them
 * @param uid       read as unsigned
 * @param gid       read as unsigned
 * @param user      the owner's name, empty if it has none
 * @param group     the group's name, empty if it has none
 * @param size      in bytes, of regular files; 0 for the rest
 * @param mtime     null, like {@code ctime}, of a directory that only leads to a root of the save set: it changes with what is not saved
 * @param linkGroup same for all names of one file, 0 if it has only this one
 * @param target    what a symbolic link says, else null
 * @param major     of a device, else 0; read as unsigned
 * @param minor     of a device, else 0; read as unsigned
 * @param xattrs    sorted by name, no doubles
 * @param unstable  the file changed while it was read
 */
public record Entry(byte[] name, Type type, int mode, int uid, int gid, String user, String group, long size, Instant mtime, Instant ctime,
        long linkGroup, byte[] target, int major, int minor, List<Xattr> xattrs, Content content, boolean unstable) {

    public static final int MAX_NAME = 4096;

    /** @throws IllegalArgumentException if a component is not as described, or does not suit the type */
    public Entry {
        Objects.requireNonNull(user);
        Objects.requireNonNull(group);
        xattrs = List.copyOf(xattrs);
        checkName(name);
        check(size >= 0, name, "has a negative size");
        check((mtime == null) == (ctime == null) && (mtime != null || type == Type.DIRECTORY), name, "has no times and is no directory");
        check((target != null) == (type == Type.SYMLINK), name, "has a link target if and only if it is a symbolic link");
        check(type == Type.BLOCK || type == Type.CHARACTER || major == 0 && minor == 0, name, "has device numbers but is no device");
        check(switch (content) {
            case Content.None none -> true;
            case Content.Inline inline -> type == Type.FILE;
            case Content.Paged paged -> type == Type.FILE;
            case Content.Directory directory -> type == Type.DIRECTORY;
        }, name, "has content that does not suit its type");
        for (int i = 1; i < xattrs.size(); i++) {
            check(Arrays.compareUnsigned(xattrs.get(i - 1).name, xattrs.get(i).name) < 0, name, "has extended attributes out of order");
        }
    }

    /** This entry with other content: a part of a large file, a directory whose tree is known at last. */
    public Entry with(Content other) {
        return new Entry(name, type, mode, uid, gid, user, group, size, mtime, ctime, linkGroup, target, major, minor, xattrs, other, unstable);
    }

    /** This directory without its times: one that only leads to a root. */
    public Entry undated() {
        return new Entry(name, type, mode, uid, gid, user, group, size, null, null, linkGroup, target, major, minor, xattrs, content, unstable);
    }

    private static void checkName(byte[] name) {
        check(name.length > 0 && name.length <= MAX_NAME, name, "has " + name.length + " bytes, expected 1 to " + MAX_NAME);
        for (byte b : name) {
            check(b != 0 && b != '/', name, "contains a slash or NUL");
        }
        check(name[0] != '.' || name.length > 2 || name.length == 2 && name[1] != '.', name, "is no name of an entry");
    }

    private static void check(boolean good, byte[] name, String problem) {
        if (!good) {
            throw new IllegalArgumentException("the entry \"" + new RawPath(name) + "\" " + problem);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Entry e && Arrays.equals(name, e.name) && type == e.type && mode == e.mode && uid == e.uid && gid == e.gid
                && user.equals(e.user) && group.equals(e.group) && size == e.size && Objects.equals(mtime, e.mtime) && Objects.equals(ctime, e.ctime)
                && linkGroup == e.linkGroup && Arrays.equals(target, e.target) && major == e.major && minor == e.minor
                && xattrs.equals(e.xattrs) && content.equals(e.content) && unstable == e.unstable;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + Objects.hashCode(mtime);
    }

    /** What kind of thing a name stands for. */
    public enum Type {
        FILE, DIRECTORY, SYMLINK, FIFO, SOCKET, BLOCK, CHARACTER
    }

    /** An extended attribute; access control lists are some, too. */
    public record Xattr(byte[] name, byte[] value) {

        @Override
        public boolean equals(Object o) {
            return o instanceof Xattr x && Arrays.equals(name, x.name) && Arrays.equals(value, x.value);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
        }
    }

    /** Where the bytes of a file, or the entries of a directory, are. */
    public sealed interface Content {

        /** Nothing is kept: an empty file, anything that is neither file nor directory. */
        record None() implements Content {}

        /**
         * A file of few extents.
         *
         * @param extents in file order, without gaps
         * @param hash    SHA-256 of the content of a small file in a segment, else null
         */
        record Inline(List<Extent> extents, byte[] hash) implements Content {

            public Inline {
                extents = List.copyOf(extents);
                checkHash(hash);
            }

            @Override
            public boolean equals(Object o) {
                return o instanceof Inline i && extents.equals(i.extents) && Arrays.equals(hash, i.hash);
            }

            @Override
            public int hashCode() {
                return extents.hashCode();
            }
        }

        /**
         * A file of many extents, which have pages of their own.
         *
         * @param list    the topmost page
         * @param extents how many there are
         * @param hash    SHA-256 of the content, null if its writer did without
         */
        record Paged(ChunkId list, long extents, byte[] hash) implements Content {

            public Paged {
                Objects.requireNonNull(list);
                checkHash(hash);
                if (extents < 1) {
                    throw new IllegalArgumentException("a list of " + extents + " extents needs no page");
                }
            }

            @Override
            public boolean equals(Object o) {
                return o instanceof Paged p && list.equals(p.list) && extents == p.extents && Arrays.equals(hash, p.hash);
            }

            @Override
            public int hashCode() {
                return list.hashCode();
            }
        }

        /** A directory's tree. */
        record Directory(ChunkId tree) implements Content {

            public Directory {
                Objects.requireNonNull(tree);
            }
        }

        private static void checkHash(byte[] hash) {
            if (hash != null && hash.length != 32) {
                throw new IllegalArgumentException("a content hash has 32 bytes, not " + hash.length);
            }
        }
    }
}
