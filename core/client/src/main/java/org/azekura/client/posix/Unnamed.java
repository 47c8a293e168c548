package org.azekura.client.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives files their first name. By the handle alone the kernel lets only the privileged do so; others go over {@code /proc/self/fd}. */
final class Unnamed {

    static final int O_TMPFILE = 020000000 | 0200000;
    private static final int AT_FDCWD = -100;
    private static final byte[] NOTHING = {};
    private static final boolean PROC = Files.isDirectory(Path.of("/proc/self/fd"));

    /** Whether there is a way at all. */
    static final boolean CAN_BE_NAMED = PROC;

    /** Until the kernel has refused once. */
    private static volatile boolean byHandle = true;

    private Unnamed() {}

    static void name(int file, int directory, byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        if (byHandle) {
            if (Libc.linkat(scratch.state, file, scratch.other(NOTHING), directory, scratch.path(name), Libc.AT_EMPTY_PATH) == 0) {
                return;
            }
            if (Libc.errno(scratch.state) != Errno.ENOENT) {
                throw Directory.failed(scratch, "link", name);
            }
        }
        byte[] way = ("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII);
        if (Libc.linkat(scratch.state, AT_FDCWD, scratch.other(way), directory, scratch.path(name), Libc.AT_SYMLINK_FOLLOW) < 0) {
            throw Directory.failed(scratch, "link", name);
        }
        byHandle = false;
    }
}
