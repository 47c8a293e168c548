package org.azekura.driver.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The immutable flag of a file, ioctl_iflags(2): nobody writes, links, renames or removes a file that has it, root neither, before root has taken it away.
 * ext4, XFS, Btrfs and others keep it. For Linux on 64 bits.
 */
@SuppressWarnings("restricted")
final class ImmutableFlag {

    /** The system will not have it: the file system knows no such flag, or who asks may not set it. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static final int O_RDONLY_NOFOLLOW_CLOEXEC = 0x20000 | 0x80000;
    private static final int O_NOFOLLOW_OF_ARM = 0x8000 | 0x80000;
    private static final long GET = 0x80086601L;
    private static final long SET = 0x40086602L;
    private static final int FLAG = 0x10;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int ENOTTY = 25;
    private static final int EINVAL = 22;
    private static final int EOPNOTSUPP = 95;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IOCTL = call("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FSYNC = call("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private ImmutableFlag() {}

    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... more) {
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }

    /** @throws NoSuchFileException if there is no file */
    static boolean isSet(Path file) throws IOException {
        return with(file, (fd, state, flags) -> {
            try {
                check((int) IOCTL.invokeExact(state, fd, GET, flags), state, file);
            } catch (Refused e) {
                return false;
            }
            return (flags.get(JAVA_INT, 0) & FLAG) != 0;
        });
    }

    /**
     * Durable at return.
     *
     * @throws Refused if it can't be set here; the flag is as it was
     */
    static void set(Path file, boolean on) throws IOException {
        with(file, (fd, state, flags) -> {
            check((int) IOCTL.invokeExact(state, fd, GET, flags), state, file);
            int now = flags.get(JAVA_INT, 0);
            int wanted = on ? now | FLAG : now & ~FLAG;
            if (wanted != now) {
                flags.set(JAVA_INT, 0, wanted);
                check((int) IOCTL.invokeExact(state, fd, SET, flags), state, file);
                check((int) FSYNC.invokeExact(state, fd), state, file);
            }
            return on;
        });
    }

    private interface Use {
        boolean of(int fd, MemorySegment state, MemorySegment flags) throws Throwable;
    }

    private static boolean with(Path file, Use use) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment flags = arena.allocate(JAVA_LONG);
            boolean arm = System.getProperty("os.arch").equals("aarch64");
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), arm ? O_NOFOLLOW_OF_ARM : O_RDONLY_NOFOLLOW_CLOEXEC);
            check(fd, state, file);
            try {
                return use.of(fd, state, flags);
            } finally {
                int closed = (int) CLOSE.invokeExact(state, fd);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(int result, MemorySegment state, Path file) throws IOException {
        if (result >= 0) {
            return;
        }
        int errno = (int) ERRNO.get(state, 0L);
        throw switch (errno) {
            case ENOENT -> new NoSuchFileException(file.toString());
            case EPERM -> new Refused("only root may do that (CAP_LINUX_IMMUTABLE)");
            case ENOTTY, EINVAL, EOPNOTSUPP -> new Refused("its file system keeps no immutable flag; ext4, XFS and Btrfs do");
            default -> new IOException("error " + errno + " at the flags of " + file);
        };
    }
}
