package org.azekura.cli.mount;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The calls of libfuse3, its low-level interface (versions 3.0 on have it like this). Each answers a question; which, says its first argument. */
@SuppressWarnings("restricted")
final class LibFuse {

    private static final String LIBRARY = "libfuse3.so.3";
    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup library;
    private final MethodHandle sessionNew;
    private final MethodHandle sessionMount;
    private final MethodHandle sessionLoop;
    private final MethodHandle replyErr;
    private final MethodHandle replyNone;
    private final MethodHandle replyEntry;
    private final MethodHandle replyAttr;
    private final MethodHandle replyOpen;
    private final MethodHandle replyBuf;
    private final MethodHandle replyXattr;
    private final MethodHandle replyReadlink;
    private final MethodHandle replyStatfs;
    private final MethodHandle notifyInvalEntry;
    private final MethodHandle addDirentry;
    private final MethodHandle addDirentryPlus;

    /** @throws IllegalArgumentException if the library is not there */
    LibFuse() {
        library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        sessionNew = call("fuse_session_new", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
        sessionMount = call("fuse_session_mount", JAVA_INT, ADDRESS, ADDRESS);
        sessionLoop = call("fuse_session_loop", JAVA_INT, ADDRESS);
        replyErr = call("fuse_reply_err", JAVA_INT, ADDRESS, JAVA_INT);
        replyNone = LINKER.downcallHandle(library.findOrThrow("fuse_reply_none"), FunctionDescriptor.ofVoid(ADDRESS));
        replyEntry = call("fuse_reply_entry", JAVA_INT, ADDRESS, ADDRESS);
        replyAttr = call("fuse_reply_attr", JAVA_INT, ADDRESS, ADDRESS, JAVA_DOUBLE);
        replyOpen = call("fuse_reply_open", JAVA_INT, ADDRESS, ADDRESS);
        replyBuf = call("fuse_reply_buf", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
        replyXattr = call("fuse_reply_xattr", JAVA_INT, ADDRESS, JAVA_LONG);
        replyReadlink = call("fuse_reply_readlink", JAVA_INT, ADDRESS, ADDRESS);
        replyStatfs = call("fuse_reply_statfs", JAVA_INT, ADDRESS, ADDRESS);
        notifyInvalEntry = call("fuse_lowlevel_notify_inval_entry", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
        addDirentry = call("fuse_add_direntry", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
        addDirentryPlus = call("fuse_add_direntry_plus", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    }

    private MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static AssertionError thrown(Throwable e) {
        return new AssertionError("a native call cannot throw", e);
    }

    /** NULL if the options are no good. */
    MemorySegment sessionNew(MemorySegment args, MemorySegment operations) {
        try {
            return (MemorySegment) sessionNew.invokeExact(args, operations, operations.byteSize(), MemorySegment.NULL);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** 0 if it is mounted. */
    int sessionMount(MemorySegment session, MemorySegment directory) {
        try {
            return (int) sessionMount.invokeExact(session, directory);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Calls the operations until it is unmounted. */
    int sessionLoop(MemorySegment session) {
        try {
            return (int) sessionLoop.invokeExact(session);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void error(long request, int errno) {
        try {
            int _ = (int) replyErr.invokeExact(MemorySegment.ofAddress(request), errno);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void none(long request) {
        try {
            replyNone.invokeExact(MemorySegment.ofAddress(request));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void entry(long request, MemorySegment entry) {
        try {
            int _ = (int) replyEntry.invokeExact(MemorySegment.ofAddress(request), entry);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void attributes(long request, MemorySegment stat, double seconds) {
        try {
            int _ = (int) replyAttr.invokeExact(MemorySegment.ofAddress(request), stat, seconds);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void opened(long request, MemorySegment file) {
        try {
            int _ = (int) replyOpen.invokeExact(MemorySegment.ofAddress(request), file);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void bytes(long request, MemorySegment bytes, long length) {
        try {
            int _ = (int) replyBuf.invokeExact(MemorySegment.ofAddress(request), bytes, length);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void bytes(long request, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            bytes(request, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), bytes.length);
        }
    }

    void length(long request, long length) {
        try {
            int _ = (int) replyXattr.invokeExact(MemorySegment.ofAddress(request), length);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void link(long request, MemorySegment target) {
        try {
            int _ = (int) replyReadlink.invokeExact(MemorySegment.ofAddress(request), target);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void room(long request, MemorySegment statvfs) {
        try {
            int _ = (int) replyStatfs.invokeExact(MemorySegment.ofAddress(request), statvfs);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Has the kernel forget a name if it does not use it. */
    void forget(MemorySegment session, long parent, byte[] name) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) notifyInvalEntry.invokeExact(session, parent, arena.allocateFrom(ValueLayout.JAVA_BYTE, name), (long) name.length);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** @return bytes that it takes; more than there are: it was not added */
    long add(long request, MemorySegment into, long room, MemorySegment name, MemorySegment stat, long next) {
        try {
            return (long) addDirentry.invokeExact(MemorySegment.ofAddress(request), into, room, name, stat, next);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** @return bytes that it takes; more than there are: it was not added */
    long addWithEntry(long request, MemorySegment into, long room, MemorySegment name, MemorySegment entry, long next) {
        try {
            return (long) addDirentryPlus.invokeExact(MemorySegment.ofAddress(request), into, room, name, entry, next);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }
}
