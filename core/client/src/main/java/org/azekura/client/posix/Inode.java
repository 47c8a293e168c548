package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Sets attributes of what an open handle holds, whatever has become of its name. Good until the handle is closed. A handle that only holds
 * an entry is refused by the calls that take one, so for it the way goes over {@code /proc/self/fd}, where the kernel leads to the held
 * entry itself and follows no link there.
 */
public final class Inode {

    private static final int AT_FDCWD = -100;
    private static final int MAX_VALUE = 64 << 10;

    private final int handle;
    /** Null if the handle is open for content. */
    private final byte[] path;

    private Inode(int handle, byte[] path) {
        this.handle = handle;
        this.path = path;
    }

    /** Of an open file or directory. */
    static Inode open(int handle) {
        return new Inode(handle, null);
    }

    /** Of an entry that is held without being opened for its content. */
    static Inode held(int handle) {
        return new Inode(handle, ("/proc/self/fd/" + handle).getBytes(StandardCharsets.US_ASCII));
    }

    public void chown(int uid, int gid) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, path == null ? Libc.fchown(scratch.state, handle, uid, gid)
                : Libc.fchownat(scratch.state, AT_FDCWD, scratch.path(path), uid, gid, 0), "chown");
    }

    /** Not for symbolic links. */
    public void chmod(int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, path == null ? Libc.fchmod(scratch.state, handle, mode)
                : Libc.fchmodat(scratch.state, AT_FDCWD, scratch.path(path), mode, 0), "chmod");
    }

    /** Sets the modification time; access time becomes the same. */
    public void touch(long second, int nano) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment times = scratch.times(second, nano);
        check(scratch, path == null ? Libc.futimens(scratch.state, handle, times)
                : Libc.utimensat(scratch.state, AT_FDCWD, scratch.path(path), times, 0), "utimens");
    }

    public void set(Attribute attribute) throws PosixException {
        int length = attribute.value().length;
        if (length > MAX_VALUE) {
            throw new PosixException("setxattr", attribute.name(), Errno.E2BIG);
        }
        Scratch scratch = Scratch.get();
        MemorySegment name = scratch.other(attribute.name());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, attribute.value());
            check(scratch, path == null ? Libc.fsetxattr(scratch.state, handle, name, value, length)
                    : Libc.setxattr(scratch.state, scratch.path(path), name, value, length), "setxattr");
        }
    }

    /** Removing an attribute that is not there is no error. */
    public void remove(byte[] attribute) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment name = scratch.other(attribute);
        int removed = path == null ? Libc.fremovexattr(scratch.state, handle, name) : Libc.removexattr(scratch.state, scratch.path(path), name);
        if (removed < 0) {
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
