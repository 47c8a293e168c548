package org.azekura.cli.mount;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.azekura.engine.tree.Entry;

/** Answers of the file system to the kernel, put together from what is in the snapshot. Safe for any number of threads. */
final class Replies {

    /** Nothing in a snapshot changes. */
    static final double FOR_LONG_s = 86_400;
    private static final int ENTRY_BYTES = 16 + Attributes.BYTES + 16;
    private static final int FILE_BYTES = 64;
    private static final int FILE_FLAGS = 4;
    /** Of {@code struct fuse_file_info}: what the kernel has of the file's content stays good. */
    private static final int KEEP_CACHE = 4;
    private static final int HANDLE = 16;
    private static final int ROOM_BYTES = 128;
    private static final int LONGEST_NAME = 255;

    private final LibFuse fuse;
    private final Attributes attributes;

    Replies(LibFuse fuse, Attributes attributes) {
        this.fuse = fuse;
        this.attributes = attributes;
    }

    void error(long request, int errno) {
        fuse.error(request, errno);
    }

    void nothing(long request) {
        fuse.none(request);
    }

    void entry(long request, long number, Item item) {
        try (Arena arena = Arena.ofConfined()) {
            fuse.entry(request, entry(arena, number, item));
        }
    }

    private MemorySegment entry(Arena arena, long number, Item item) {
        MemorySegment entry = arena.allocate(ENTRY_BYTES, Long.BYTES);
        entry.set(JAVA_LONG_UNALIGNED, 0, number);
        attributes.of(number, item, entry.asSlice(16, Attributes.BYTES));
        entry.set(JAVA_DOUBLE_UNALIGNED, 16 + Attributes.BYTES, FOR_LONG_s);
        entry.set(JAVA_DOUBLE_UNALIGNED, 16 + Attributes.BYTES + 8, FOR_LONG_s);
        return entry;
    }

    void attributes(long request, long number, Item item) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Attributes.BYTES, Long.BYTES);
            if (number == Nodes.ROOT) {
                attributes.root(stat);
            } else {
                attributes.of(number, item, stat);
            }
            fuse.attributes(request, stat, FOR_LONG_s);
        }
    }

    void openedFile(long request) {
        opened(request, 0, KEEP_CACHE);
    }

    void openedDirectory(long request, long handle) {
        opened(request, handle, 0);
    }

    private void opened(long request, long handle, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(FILE_BYTES, Long.BYTES);
            file.set(JAVA_INT_UNALIGNED, FILE_FLAGS, flags);
            file.set(JAVA_LONG_UNALIGNED, HANDLE, handle);
            fuse.opened(request, file);
        }
    }

    void bytes(long request, byte[] bytes) {
        fuse.bytes(request, bytes);
    }

    void link(long request, byte[] target) {
        try (Arena arena = Arena.ofConfined()) {
            fuse.link(request, text(arena, target));
        }
    }

    /** A value, or the list of all names, as {@code getxattr} and {@code listxattr} have it: without room only its length is wanted. */
    void value(long request, byte[] value, long room) {
        if (room == 0) {
            fuse.length(request, value.length);
        } else if (value.length > room) {
            fuse.error(request, Errno.ERANGE);
        } else {
            fuse.bytes(request, value);
        }
    }

    /** It is full to the last byte: nothing can be written. */
    void room(long request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(ROOM_BYTES, Long.BYTES);
            room.set(JAVA_LONG_UNALIGNED, 0, 4096);
            room.set(JAVA_LONG_UNALIGNED, 8, 4096);
            room.set(JAVA_LONG_UNALIGNED, 80, LONGEST_NAME);
            fuse.room(request, room);
        }
    }

    /** What a page of a directory is put into, as much as the kernel has room for. */
    final class Names {

        private final long request;
        private final long room;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment bytes;
        private long used;

        Names(long request, long room) {
            this.request = request;
            this.room = room;
            this.bytes = arena.allocate(room, Long.BYTES);
        }

        /** @return false if there is no room for it */
        boolean add(byte[] name, long number, int type, long next) {
            MemorySegment stat = arena.allocate(Attributes.BYTES, Long.BYTES);
            stat.set(JAVA_LONG_UNALIGNED, 8, number);
            Attributes.mode(stat, type);
            return took(fuse.add(request, bytes.asSlice(used), room - used, text(arena, name), stat, next));
        }

        /** Unlike {@link #add} this tells the kernel of the entry. */
        boolean addWithEntry(byte[] name, long number, Item item, long next) {
            return took(fuse.addWithEntry(request, bytes.asSlice(used), room - used, text(arena, name), entry(arena, number, item), next));
        }

        boolean addWithStat(byte[] name, long number, long next) {
            MemorySegment entry = arena.allocate(ENTRY_BYTES, Long.BYTES);
            entry.set(JAVA_LONG_UNALIGNED, 16 + 8, number);
            Attributes.mode(entry.asSlice(16), Attributes.type(Entry.Type.DIRECTORY));
            return took(fuse.addWithEntry(request, bytes.asSlice(used), room - used, text(arena, name), entry, next));
        }

        private boolean took(long more) {
            boolean fits = more <= room - used;
            used += fits ? more : 0;
            return fits;
        }

        void send() {
            fuse.bytes(request, bytes, used);
            arena.close();
        }
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    /** Names of extended attributes as they are listed. */
    static byte[] list(List<Entry.Xattr> xattrs) {
        int length = xattrs.stream().mapToInt(xattr -> xattr.name().length + 1).sum();
        byte[] list = new byte[length];
        int at = 0;
        for (Entry.Xattr xattr : xattrs) {
            System.arraycopy(xattr.name(), 0, list, at, xattr.name().length);
            at += xattr.name().length + 1;
        }
        return list;
    }
}
