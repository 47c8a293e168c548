package org.azekura.cli.mount;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * {@code struct fuse_lowlevel_ops}: what libfuse calls, and how it comes to {@link Operations}. Nothing may be thrown through native code, and what an argument
 * points to is gone when the call returns.
 */
@SuppressWarnings("restricted")
final class Upcalls {

    /** A table of functions; those that are not there are answered by libfuse itself, with ENOSYS. */
    private static final int FUNCTIONS = 44;
    private static final int LONGEST = 4096;
    private static final int HANDLE = 16;
    private static final int FORGET_BYTES = 16;
    private static final MemoryLayout[] REQUEST_NODE = {JAVA_LONG, JAVA_LONG};

    private final Operations operations;
    private final LibFuse fuse;
    private final Arena arena;
    private final MemorySegment table;

    private Upcalls(Operations operations, LibFuse fuse, Arena arena) {
        this.operations = operations;
        this.fuse = fuse;
        this.arena = arena;
        this.table = arena.allocate(ADDRESS, FUNCTIONS);
    }

    /** @param arena lives as long as the file system */
    static MemorySegment table(Operations operations, LibFuse fuse, Arena arena) {
        Upcalls calls = new Upcalls(operations, fuse, arena);
        calls.put(2, "lookup", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(3, "forget", JAVA_LONG, JAVA_LONG, JAVA_LONG);
        calls.put(4, "getattr", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(6, "readlink", REQUEST_NODE);
        calls.put(14, "open", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(15, "read", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(18, "release", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(20, "opendir", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(21, "readdir", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(22, "releasedir", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(24, "statfs", REQUEST_NODE);
        calls.put(26, "getxattr", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        calls.put(27, "listxattr", JAVA_LONG, JAVA_LONG, JAVA_LONG);
        calls.put(38, "forgetMany", JAVA_LONG, JAVA_LONG, ADDRESS);
        calls.put(41, "readdirplus", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
        return calls.table;
    }

    private void put(int place, String method, MemoryLayout... arguments) {
        FunctionDescriptor function = FunctionDescriptor.ofVoid(arguments);
        MethodType type = function.toMethodType();
        try {
            var target = MethodHandles.lookup().findVirtual(Upcalls.class, method, type).bindTo(this);
            table.setAtIndex(ADDRESS, place, Linker.nativeLinker().upcallStub(target, function, arena));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method, e);
        }
    }

    private void guarded(long request, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            fuse.error(request, Errno.EIO);
        }
    }

    private static byte[] text(MemorySegment pointer) {
        MemorySegment bytes = pointer.reinterpret(LONGEST);
        int length = 0;
        while (bytes.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static long handle(MemorySegment file) {
        return file.reinterpret(HANDLE + Long.BYTES).get(JAVA_LONG_UNALIGNED, HANDLE);
    }

    void lookup(long request, long parent, MemorySegment name) {
        guarded(request, () -> operations.lookup(request, parent, text(name)));
    }

    void forget(long request, long number, long times) {
        operations.forget(number, times);
        fuse.none(request);
    }

    void forgetMany(long request, long count, MemorySegment forgets) {
        MemorySegment all = forgets.reinterpret(count * FORGET_BYTES);
        for (long i = 0; i < count; i++) {
            operations.forget(all.get(JAVA_LONG_UNALIGNED, i * FORGET_BYTES), all.get(JAVA_LONG_UNALIGNED, i * FORGET_BYTES + Long.BYTES));
        }
        fuse.none(request);
    }

    void getattr(long request, long number, MemorySegment file) {
        guarded(request, () -> operations.attributes(request, number));
    }

    void readlink(long request, long number) {
        guarded(request, () -> operations.readLink(request, number));
    }

    void open(long request, long number, MemorySegment file) {
        guarded(request, () -> operations.open(request));
    }

    void read(long request, long number, long length, long from, MemorySegment file) {
        guarded(request, () -> operations.read(request, number, length, from));
    }

    void release(long request, long number, MemorySegment file) {
        guarded(request, () -> operations.close(request));
    }

    void opendir(long request, long number, MemorySegment file) {
        guarded(request, () -> operations.openDirectory(request, number));
    }

    void readdir(long request, long number, long room, long from, MemorySegment file) {
        guarded(request, () -> operations.readDirectory(request, handle(file), room, from, false));
    }

    void readdirplus(long request, long number, long room, long from, MemorySegment file) {
        guarded(request, () -> operations.readDirectory(request, handle(file), room, from, true));
    }

    void releasedir(long request, long number, MemorySegment file) {
        guarded(request, () -> operations.closeDirectory(request, handle(file)));
    }

    void statfs(long request, long number) {
        guarded(request, () -> operations.room(request));
    }

    void getxattr(long request, long number, MemorySegment name, long room) {
        guarded(request, () -> operations.attribute(request, number, text(name), room));
    }

    void listxattr(long request, long number, long room) {
        guarded(request, () -> operations.listAttributes(request, number, room));
    }
}
