package org.azekura.client.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * All calls of the C library, for Linux on 64 bits. Each returns what the C function returns; after a failure {@link #errno}
 * tells why (of the same thread's last call).
 */
@SuppressWarnings("restricted")
final class Libc {

    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_BTIME = 0x800;

    static final StructLayout STATE = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final long SYS_GETDENTS64 = arch(217, 61);
    /** By number: older C libraries have no function for it. */
    private static final long SYS_RENAMEAT2 = arch(316, 276);

    private static final MethodHandle OPENAT = variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle SYSCALL3 = variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle SYSCALL5 = variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle STATX = call("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle READLINKAT = call("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD = call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE = call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LSEEK = call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FADVISE = plain("posix_fadvise", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FSYNC = call("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYNCFS = call("syncfs", JAVA_INT, JAVA_INT);
    private static final MethodHandle FSTATFS = call("fstatfs", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle FCHOWNAT = call("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHMODAT = call("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHOWN = call("fchown", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle FUTIMENS = call("futimens", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle FCHMOD = call("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UTIMENSAT = call("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle MKDIRAT = call("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MKNODAT = call("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LINKAT = call("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINKAT = call("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle UNLINKAT = call("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT = call("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle FLISTXATTR = call("flistxattr", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle FGETXATTR = call("fgetxattr", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LLISTXATTR = call("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LGETXATTR = call("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LSETXATTR = call("lsetxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LREMOVEXATTR = call("lremovexattr", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETXATTR = call("setxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle REMOVEXATTR = call("removexattr", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle FSETXATTR = call("fsetxattr", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FREMOVEXATTR = call("fremovexattr", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETEUID = plain("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETEGID = plain("getegid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle KILL = plain("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle GETPWUID = plain("getpwuid_r",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle GETGRGID = plain("getgrgid_r",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));

    private Libc() {}

    private static long arch(long x86, long arm) {
        return System.getProperty("os.arch").equals("aarch64") ? arm : x86;
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static int openat(MemorySegment state, int directory, MemorySegment path, int flags, int mode) {
        try {
            return (int) OPENAT.invokeExact(state, directory, path, flags, mode);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int getdents64(MemorySegment state, int directory, MemorySegment buffer) {
        try {
            return (int) (long) SYSCALL3.invokeExact(state, SYS_GETDENTS64, (long) directory, buffer, buffer.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int close(MemorySegment state, int handle) {
        try {
            return (int) CLOSE.invokeExact(state, handle);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int statx(MemorySegment state, int directory, MemorySegment path, int flags, int mask, MemorySegment into) {
        try {
            return (int) STATX.invokeExact(state, directory, path, flags, mask, into);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long readlinkat(MemorySegment state, int directory, MemorySegment path, MemorySegment into) {
        try {
            return (long) READLINKAT.invokeExact(state, directory, path, into, into.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long pread(MemorySegment state, int handle, MemorySegment into, long length, long at) {
        try {
            return (long) PREAD.invokeExact(state, handle, into, length, at);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long pwrite(MemorySegment state, int handle, MemorySegment from, long length, long at) {
        try {
            return (long) PWRITE.invokeExact(state, handle, from, length, at);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long lseek(MemorySegment state, int handle, long at, int whence) {
        try {
            return (long) LSEEK.invokeExact(state, handle, at, whence);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int ftruncate(MemorySegment state, int handle, long size) {
        try {
            return (int) FTRUNCATE.invokeExact(state, handle, size);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** @return 0 or an error number */
    static int fadvise(int handle, long at, long bytes, int advice) {
        try {
            return (int) FADVISE.invokeExact(handle, at, bytes, advice);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fsync(MemorySegment state, int handle) {
        try {
            return (int) FSYNC.invokeExact(state, handle);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int syncfs(MemorySegment state, int handle) {
        try {
            return (int) SYNCFS.invokeExact(state, handle);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fstatfs(MemorySegment state, int handle, MemorySegment into) {
        try {
            return (int) FSTATFS.invokeExact(state, handle, into);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fchownat(MemorySegment state, int directory, MemorySegment path, int uid, int gid, int flags) {
        try {
            return (int) FCHOWNAT.invokeExact(state, directory, path, uid, gid, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fchmodat(MemorySegment state, int directory, MemorySegment path, int mode, int flags) {
        try {
            return (int) FCHMODAT.invokeExact(state, directory, path, mode, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fchown(MemorySegment state, int handle, int uid, int gid) {
        try {
            return (int) FCHOWN.invokeExact(state, handle, uid, gid);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int futimens(MemorySegment state, int handle, MemorySegment times) {
        try {
            return (int) FUTIMENS.invokeExact(state, handle, times);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fchmod(MemorySegment state, int handle, int mode) {
        try {
            return (int) FCHMOD.invokeExact(state, handle, mode);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int utimensat(MemorySegment state, int directory, MemorySegment path, MemorySegment times, int flags) {
        try {
            return (int) UTIMENSAT.invokeExact(state, directory, path, times, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int mkdirat(MemorySegment state, int directory, MemorySegment path, int mode) {
        try {
            return (int) MKDIRAT.invokeExact(state, directory, path, mode);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int mknodat(MemorySegment state, int directory, MemorySegment path, int mode, long device) {
        try {
            return (int) MKNODAT.invokeExact(state, directory, path, mode, device);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int linkat(MemorySegment state, int fromDirectory, MemorySegment from, int directory, MemorySegment path, int flags) {
        try {
            return (int) LINKAT.invokeExact(state, fromDirectory, from, directory, path, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int symlinkat(MemorySegment state, MemorySegment target, int directory, MemorySegment path) {
        try {
            return (int) SYMLINKAT.invokeExact(state, target, directory, path);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int unlinkat(MemorySegment state, int directory, MemorySegment path, int flags) {
        try {
            return (int) UNLINKAT.invokeExact(state, directory, path, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int renameat(MemorySegment state, int fromDirectory, MemorySegment from, int directory, MemorySegment path) {
        try {
            return (int) RENAMEAT.invokeExact(state, fromDirectory, from, directory, path);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int renameat2(MemorySegment state, int fromDirectory, MemorySegment from, int directory, MemorySegment path, long flags) {
        try {
            return (int) (long) SYSCALL5.invokeExact(state, SYS_RENAMEAT2, (long) fromDirectory, from, (long) directory, path, flags);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long flistxattr(MemorySegment state, int handle, MemorySegment into) {
        try {
            return (long) FLISTXATTR.invokeExact(state, handle, into, into.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long fgetxattr(MemorySegment state, int handle, MemorySegment name, MemorySegment into) {
        try {
            return (long) FGETXATTR.invokeExact(state, handle, name, into, into.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long llistxattr(MemorySegment state, MemorySegment path, MemorySegment into) {
        try {
            return (long) LLISTXATTR.invokeExact(state, path, into, into.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long lgetxattr(MemorySegment state, MemorySegment path, MemorySegment name, MemorySegment into) {
        try {
            return (long) LGETXATTR.invokeExact(state, path, name, into, into.byteSize());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int lsetxattr(MemorySegment state, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        try {
            return (int) LSETXATTR.invokeExact(state, path, name, value, length, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int lremovexattr(MemorySegment state, MemorySegment path, MemorySegment name) {
        try {
            return (int) LREMOVEXATTR.invokeExact(state, path, name);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int setxattr(MemorySegment state, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        try {
            return (int) SETXATTR.invokeExact(state, path, name, value, length, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int removexattr(MemorySegment state, MemorySegment path, MemorySegment name) {
        try {
            return (int) REMOVEXATTR.invokeExact(state, path, name);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fsetxattr(MemorySegment state, int handle, MemorySegment name, MemorySegment value, long length) {
        try {
            return (int) FSETXATTR.invokeExact(state, handle, name, value, length, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int fremovexattr(MemorySegment state, int handle, MemorySegment name) {
        try {
            return (int) FREMOVEXATTR.invokeExact(state, handle, name);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int getegid() {
        try {
            return (int) GETEGID.invokeExact();
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int kill(int process, int signal) {
        try {
            return (int) KILL.invokeExact(process, signal);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static int geteuid() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** The name field is the first of both structures. 0: {@code result} tells whether there is such an account. */
    static int account(boolean group, int id, MemorySegment structure, MemorySegment buffer, MemorySegment result) {
        try {
            return group ? (int) GETGRGID.invokeExact(id, structure, buffer, buffer.byteSize(), result)
                    : (int) GETPWUID.invokeExact(id, structure, buffer, buffer.byteSize(), result);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A C string that native code points to, of at most {@code limit} bytes. */
    static MemorySegment string(MemorySegment pointer, long limit) {
        return pointer.reinterpret(limit);
    }

    static String message(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(256).getString(0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static IllegalStateException unexpected(Throwable t) {
        return new IllegalStateException("a native call threw " + t, t);
    }
}
