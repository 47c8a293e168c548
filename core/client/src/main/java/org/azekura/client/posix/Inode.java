package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Sets attributes of what an open handle holds, whatever has become of its name. There are no calls by handle that suit every kind
 * of entry, so the way goes over {@code /proc/self/fd}, where the kernel leads to the held entry itself and follows no link there.
 * Good until the handle is closed.
 */
public final class Inode {

    private static final int AT_FDCWD = -100;
    private static final int MAX_VALUE = 64 << 10;
    private static final int E2BIG = 7;

    private final byte[] path;

    Inode(int handle) {
        path = ("/proc/self/fd/" + handle).getBytes(StandardCharsets.US_ASCII);
    }

    public void chown(int uid, int gid) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.fchownat(scratch.state, AT_FDCWD, scratch.path(path), uid, gid, 0), "chown");
    }

    /** Not for symbolic links. */
    public void chmod(int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.fchmodat(scratch.state, AT_FDCWD, scratch.path(path), mode, 0), "chmod");
    }

    /** Sets the modification time; access time becomes the same. */
    public void touch(long second, int nano) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.utimensat(scratch.state, AT_FDCWD, scratch.path(path), scratch.times(second, nano), 0), "utimens");
    }

    public void set(Attribute attribute) throws PosixException {
        if (attribute.value().length > MAX_VALUE) {
            throw new PosixException("setxattr", attribute.name(), E2BIG);
        }
        Scratch scratch = Scratch.get();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, attribute.value());
            check(scratch, Libc.setxattr(scratch.state, scratch.path(path), scratch.other(attribute.name()), value, attribute.value().length), "setxattr");
        }
    }

    /** Removing an attribute that is not there is no error. */
    public void remove(byte[] attribute) throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.removexattr(scratch.state, scratch.path(path), scratch.other(attribute)) < 0) {
            int errno = Libc.errno(scratch.state);
            if (errno != Errno.ENODATA && errno != Errno.ENOTSUP) {
                throw Directory.failed(scratch, "removexattr", attribute);
            }
        }
    }

    private void check(Scratch scratch, int result, String call) throws PosixException {
        if (result < 0) {
            throw Directory.failed(scratch, call, path);
        }
    }
}
