package org.azekura.client.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code openat2} that stays below a directory and follows no symbolic link (Linux 5.6). */
final class Beneath {

    private static final long RESOLVE_NO_MAGICLINKS = 2;
    private static final long RESOLVE_NO_SYMLINKS = 4;
    private static final long RESOLVE_BENEATH = 8;
    private static final int TRIES = 100;

    private Beneath() {}

    static int open(int directory, byte[] name, int flags) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment how = scratch.stat;
        how.set(ValueLayout.JAVA_LONG, 0, flags);
        how.set(ValueLayout.JAVA_LONG, 8, 0);
        how.set(ValueLayout.JAVA_LONG, 16, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
        MemorySegment path = scratch.path(name);
        for (int tried = 0;; tried++) {
            int opened = Libc.openat2(scratch.state, directory, path, how);
            if (opened >= 0) {
                return opened;
            }
            // EAGAIN: something was renamed meanwhile, so the kernel could not be sure.
            if (Libc.errno(scratch.state) != Errno.EAGAIN || tried == TRIES) {
                Directory.retryOrThrow(scratch, "open", name);
            }
        }
    }
}
