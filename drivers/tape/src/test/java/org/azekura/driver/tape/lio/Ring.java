package org.azekura.driver.tape.lio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Outcome;

/** The memory by which the kernel passes commands ({@code linux/target_core_user.h}). One thread at a time; never unmapped. */
@SuppressWarnings("restricted")
final class Ring {

    private static final int READ_WRITE = 3;
    private static final int SHARED = 1;
    private static final int O_RDWR = 2;
    private static final int COMMANDS_AT = 4;
    private static final int COMMANDS_LENGTH = 8;
    private static final int HEAD = 12;
    private static final int TAIL = 64;
    private static final int OP_MASK = 7;
    private static final int OP_COMMAND = 1;
    private static final int USER_FLAGS = 7;
    private static final byte UNKNOWN = 1;
    private static final byte READ_LENGTH = 2;
    private static final int VECTORS = 8;
    private static final int CDB_AT = 24;
    private static final int FIRST_VECTOR = 48;
    private static final int SENSE = 16;
    private static final int SENSE_LENGTH = 96;
    private static final int LONGEST_CDB = 16;

    private final MemorySegment memory;
    private final int file;
    private final MethodHandle read = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private final MethodHandle write = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private final MemorySegment word = Arena.global().allocate(JAVA_INT);

    /** What the kernel wants done: the bytes of a command, and where its data are. */
    interface Done {
        Outcome.Answered by(byte[] cdb, ByteBuffer data);
    }

    private Ring(MemorySegment memory, int file) {
        this.memory = memory;
        this.file = file;
    }

    static Ring map(String device, long length) throws IOException {
        int file = (int) (Integer) call(function("open", JAVA_INT, ADDRESS, JAVA_INT), Arena.global().allocateFrom(device), O_RDWR);
        MemorySegment at = (MemorySegment) call(function("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG), MemorySegment.NULL, length,
                READ_WRITE, SHARED, file, 0L);
        if (file < 0 || at.address() == -1) {
            throw new IOException(device + " can't be mapped");
        }
        return new Ring(at.reinterpret(length), file);
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for commands, and has all that are there done, in their order. */
    void serve(Done done) {
        call(read, file, word, JAVA_INT.byteSize());
        while (tail() != (int) JAVA_INT.varHandle().getVolatile(memory, (long) HEAD)) {
            MemorySegment entry = memory.asSlice(memory.get(JAVA_INT, COMMANDS_AT) + tail());
            int length = entry.get(JAVA_INT, 0) & ~OP_MASK;
            if ((entry.get(JAVA_INT, 0) & OP_MASK) == OP_COMMAND) {
                answer(entry, done);
            } else if ((entry.get(JAVA_INT, 0) & OP_MASK) != 0) {
                entry.set(JAVA_BYTE, USER_FLAGS, UNKNOWN);
            }
            JAVA_INT.varHandle().setVolatile(memory, (long) TAIL, (tail() + length) % memory.get(JAVA_INT, COMMANDS_LENGTH));
        }
        call(write, file, word, JAVA_INT.byteSize());
    }

    private int tail() {
        return memory.get(JAVA_INT, TAIL);
    }

    private void answer(MemorySegment entry, Done done) {
        byte[] cdb = memory.asSlice(entry.get(JAVA_LONG, CDB_AT), LONGEST_CDB).toArray(JAVA_BYTE);
        MemorySegment[] parts = new MemorySegment[entry.get(JAVA_INT, VECTORS)];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            long vector = FIRST_VECTOR + 16L * i;
            parts[i] = memory.asSlice(entry.get(JAVA_LONG, vector), entry.get(JAVA_LONG, vector + 8));
            length += (int) parts[i].byteSize();
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, JAVA_BYTE, 0, bytes, at, (int) part.byteSize());
            at += (int) part.byteSize();
        }
        ByteBuffer data = ByteBuffer.wrap(bytes);
        Outcome.Answered said = done.by(cdb, data);
        at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(bytes, at, part, JAVA_BYTE, 0, (int) part.byteSize());
            at += (int) part.byteSize();
        }
        entry.set(JAVA_BYTE, USER_FLAGS, READ_LENGTH);
        entry.set(JAVA_INT, 8, said.status());
        entry.set(JAVA_INT, 12, data.position());
        MemorySegment sense = entry.asSlice(SENSE, SENSE_LENGTH).fill((byte) 0);
        MemorySegment.copy(said.sense(), 0, sense, JAVA_BYTE, 0, said.sense().length);
    }
}
