package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Extended attributes of one entry; of a symbolic link its own. There are no calls relative to a directory handle for them on
 * most kernels, so the way goes over {@code /proc/self/fd}; those of an open file are had from {@link OpenFile#attributes} with less work.
 */
public final class Attributes {

    /** What all of one entry may take, names and values: as much as surely fits in a page of a tree with the rest of the entry. */
    public static final int MAX_BYTES = (4 << 20) - (256 << 10);

    private static final int MAX_VALUE = 64 << 10;
    private static final byte[] SELF = {'.'};

    private final int directory;
    private final boolean own;
    private final byte[] path;

    /** @param name null for the directory itself */
    Attributes(int directory, byte[] name) {
        byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] last = name == null ? SELF : name;
        this.directory = directory;
        own = name == null;
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
        return (own ? new AttributeList.ByHandle(directory, SELF) : new AttributeList.ByPath(path)).read(most);
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
