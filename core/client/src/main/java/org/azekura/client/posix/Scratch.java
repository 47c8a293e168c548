package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A thread's own native memory for arguments and results, so that calls allocate nothing. */
final class Scratch {

    static final int PATH_BYTES = 4096 + 64;
    static final int BUFFER_BYTES = 64 << 10;

    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    final MemorySegment state;
    final MemorySegment path;
    final MemorySegment other;
    final MemorySegment stat;
    final MemorySegment buffer;
    /** About how many calls the thread has made: what one entry may cost is checked by it. */
    long calls;
    private byte[] block;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(Libc.STATE);
        path = arena.allocate(PATH_BYTES);
        other = arena.allocate(PATH_BYTES);
        stat = arena.allocate(256, 8);
        buffer = arena.allocate(BUFFER_BYTES, 8);
    }

    static Scratch get() {
        Scratch scratch = CURRENT.get();
        scratch.calls++;
        return scratch;
    }

    /** Heap memory as large as the buffer, until it is given back; who takes one meanwhile gets another one. */
    byte[] takeBlock() {
        byte[] taken = block == null ? new byte[BUFFER_BYTES] : block;
        block = null;
        return taken;
    }

    void giveBlock(byte[] taken) {
        block = taken;
    }

    MemorySegment path(byte[] bytes) throws PosixException {
        return text(path, bytes);
    }

    MemorySegment other(byte[] bytes) throws PosixException {
        return text(other, bytes);
    }

    /** Access and modification time for {@code utimensat}. */
    MemorySegment times(long second, int nano) {
        for (int at = 0; at < 32; at += 16) {
            stat.set(ValueLayout.JAVA_LONG, at, second);
            stat.set(ValueLayout.JAVA_LONG, at + 8, nano);
        }
        return stat;
    }

    private static MemorySegment text(MemorySegment into, byte[] bytes) throws PosixException {
        if (bytes.length >= into.byteSize()) {
            throw new PosixException("path of " + bytes.length + " bytes", null, Errno.ENAMETOOLONG);
        }
        MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
        into.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return into;
    }
}
