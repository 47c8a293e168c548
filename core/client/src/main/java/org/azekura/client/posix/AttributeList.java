package org.azekura.client.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reads the extended attributes of one entry. Both calls return what those of the C library do. */
sealed interface AttributeList {

    /** What one takes besides its name and value, at most. */
    int OVERHEAD = 16;

    long list(Scratch scratch) throws PosixException;

    long get(Scratch scratch, MemorySegment name) throws PosixException;

    /** For messages. */
    byte[] entry();

    /** A symbolic link at the end is not followed. */
    record ByPath(byte[] entry) implements AttributeList {

        @Override
        public long list(Scratch scratch) throws PosixException {
            return Libc.llistxattr(scratch.state, scratch.path(entry), scratch.buffer);
        }

        @Override
        public long get(Scratch scratch, MemorySegment name) throws PosixException {
            return Libc.lgetxattr(scratch.state, scratch.path(entry), name, scratch.buffer);
        }
    }

    /** There is no way that the kernel has to walk for each call. */
    record ByHandle(int handle, byte[] entry) implements AttributeList {

        @Override
        public long list(Scratch scratch) {
            return Libc.flistxattr(scratch.state, handle, scratch.buffer);
        }

        @Override
        public long get(Scratch scratch, MemorySegment name) {
            return Libc.fgetxattr(scratch.state, handle, name, scratch.buffer);
        }
    }

    /** @param most bytes, names and values */
    default List<Attribute> read(int most) throws PosixException {
        Scratch scratch = Scratch.get();
        long n = list(scratch);
        if (n == 0) {
            return List.of();
        }
        if (n < 0) {
            if (Libc.errno(scratch.state) == Errno.ENOTSUP) {
                return List.of();
            }
            throw Directory.failed(scratch, "listxattr", entry());
        }
        return values(scratch.buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE), most);
    }

    private List<Attribute> values(byte[] names, int most) throws PosixException {
        List<Attribute> found = new ArrayList<>();
        int bytes = 0;
        for (int from = 0, at = 0; at < names.length; at++) {
            if (names[at] == 0) {
                byte[] name = Arrays.copyOfRange(names, from, at);
                byte[] value = value(name);
                if (value != null) {
                    bytes += name.length + value.length + OVERHEAD;
                    if (bytes > most) {
                        throw new PosixException("getxattr", entry(), Errno.E2BIG);
                    }
                    found.add(new Attribute(name, value));
                }
                from = at + 1;
            }
        }
        found.sort(Comparator.comparing(Attribute::name, Arrays::compareUnsigned));
        return found;
    }

    /** Null if it went away meanwhile. */
    private byte[] value(byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        long n = get(scratch, scratch.other(name));
        if (n < 0) {
            if (Libc.errno(scratch.state) == Errno.ENODATA) {
                return null;
            }
            throw Directory.failed(scratch, "getxattr " + new String(name, StandardCharsets.ISO_8859_1) + " of", entry());
        }
        return scratch.buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    }
}
