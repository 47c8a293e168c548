package org.azekura.client.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** Reads {@code struct statx}. */
final class StatBuffer {

    private StatBuffer() {}

    static FileStat read(int directory, byte[] name, int flags) throws PosixException {
        return parse(ask(directory, name, flags, Libc.STATX_BASIC_STATS));
    }

    private static MemorySegment ask(int directory, byte[] name, int flags, int fields) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment path = scratch.path(name);
        while (Libc.statx(scratch.state, directory, path, flags | Libc.AT_NO_AUTOMOUNT, fields, scratch.stat) < 0) {
            Directory.retryOrThrow(scratch, "stat", name);
        }
        return scratch.stat;
    }

    /** When it was made; null if the file system does not tell. */
    static Instant born(int directory, byte[] name, int flags) throws PosixException {
        MemorySegment s = ask(directory, name, flags, Libc.STATX_BTIME);
        return (s.get(JAVA_INT, 0) & Libc.STATX_BTIME) == 0 ? null
                : FileStat.instant(s.get(JAVA_LONG, 80), s.get(JAVA_INT, 88));
    }

    private static FileStat parse(MemorySegment s) {
        int mode = s.get(JAVA_SHORT, 28) & 0xffff;
        return new FileStat(FileType.ofMode(mode), mode & 07777, s.get(JAVA_INT, 20), s.get(JAVA_INT, 24), s.get(JAVA_INT, 16),
                s.get(JAVA_LONG, 32), pair(s, 136), s.get(JAVA_LONG, 40), s.get(JAVA_LONG, 48), s.get(JAVA_LONG, 112),
                s.get(JAVA_INT, 120), s.get(JAVA_LONG, 96), s.get(JAVA_INT, 104), pair(s, 128));
    }

    /** Major and minor number. */
    private static long pair(MemorySegment s, long at) {
        return (long) s.get(JAVA_INT, at) << 32 | s.get(JAVA_INT, at + 4) & 0xffffffffL;
    }
}
