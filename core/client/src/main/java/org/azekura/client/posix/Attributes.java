package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Extended attributes of one entry; of a symbolic link its own. There are no calls relative to a directory handle for them on
 * most kernels, so the way goes over {@code /proc/self/fd}.
 */
public final class Attributes {

    /** What all of one entry may take, names and values: as much as surely fits in a page of a tree with the rest of the entry. */
    public static final int MAX_BYTES = (4 << 20) - (256 << 10);

    private static final int MAX_VALUE = 64 << 10;
    /** What one takes besides its name and value, at most. */
    private static final int OVERHEAD = 16;

    private final byte[] path;

    /** @param name null for the directory itself */
    Attributes(int directory, byte[] name) {
        byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] last = name == null ? new byte[] {'.'} : name;
        path = Arrays.copyOf(prefix, prefix.length + last.length);
        System.arraycopy(last, 0, path, prefix.length, last.length);
    }

    /**
     * All that can be seen, sorted by name; none if the file system has no such thing.
     *
     * @throws PosixException {@link Errno#E2BIG} if they are more than {@link #MAX_BYTES}
     */
    public List<Attribute> list() throws PosixException {
        return list(MAX_BYTES);
    }

    List<Attribute> list(int most) throws PosixException {
        Scratch scratch = Scratch.get();
        long n = Libc.llistxattr(scratch.state, scratch.path(path), scratch.buffer);
        if (n == 0) {
            return List.of();
        }
        if (n < 0) {
            if (Libc.errno(scratch.state) == Errno.ENOTSUP) {
                return List.of();
            }
            throw Directory.failed(scratch, "listxattr", path);
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
                        throw new PosixException("getxattr", path, Errno.E2BIG);
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
        long n = Libc.lgetxattr(scratch.state, scratch.path(path), scratch.other(name), scratch.buffer);
        if (n < 0) {
            if (Libc.errno(scratch.state) == Errno.ENODATA) {
                return null;
            }
            throw Directory.failed(scratch, "getxattr " + new String(name, StandardCharsets.ISO_8859_1) + " of", path);
        }
        return scratch.buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    }

    public void set(Attribute attribute) throws PosixException {
        Scratch scratch = Scratch.get();
        if (attribute.value().length > MAX_VALUE) {
            throw new PosixException("setxattr", attribute.name(), Errno.E2BIG);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, attribute.value());
            if (Libc.lsetxattr(scratch.state, scratch.path(path), scratch.other(attribute.name()), value, attribute.value().length) < 0) {
                throw Directory.failed(scratch, "setxattr", attribute.name());
            }
        }
    }

    /** Removing what is not there is no error. */
    public void remove(byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.lremovexattr(scratch.state, scratch.path(path), scratch.other(name)) < 0) {
            int errno = Libc.errno(scratch.state);
            if (errno != Errno.ENODATA && errno != Errno.ENOTSUP) {
                throw Directory.failed(scratch, "removexattr", name);
            }
        }
    }
}
