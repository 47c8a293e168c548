package org.azekura.client.posix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.azekura.api.RawPath;

/**
 * An open directory; every name is one component relative to it and is never followed if it is a symbolic link. One thread at a
 * time. Errors are {@link PosixException}s; after one, what was to be made is not there unless a call says otherwise.
 */
public final class Directory implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_NONBLOCK = 04000;
    private static final int O_DIRECTORY = 0200000;
    private static final int O_NOFOLLOW = 0400000;
    private static final int O_NOATIME = 01000000;
    private static final int O_CLOEXEC = 02000000;
    private static final int O_PATH = 010000000;

    private static final long RENAME_NOREPLACE = 1;
    private static final int SEEK_SET = 0;
    private static final int OPEN_DIRECTORY = O_DIRECTORY | O_CLOEXEC;
    private static final byte[] SELF = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private static final byte[] DEFAULT_LIST = "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII);

    private final Handle handle;

    private Directory(int handle) {
        this.handle = new Handle(handle);
    }

    /** The directory {@code /}. */
    public static Directory root() throws PosixException {
        return new Directory(openat(AT_FDCWD, new byte[] {'/'}, OPEN_DIRECTORY, 0));
    }

    /** The sub-directory of this name. */
    public Directory open(byte[] name) throws PosixException {
        return new Directory(openWithoutAtime(name, OPEN_DIRECTORY | O_NOFOLLOW));
    }

    /** As {@link #open}, but a symbolic link is followed. */
    public Directory openFollowing(byte[] name) throws PosixException {
        return new Directory(openWithoutAtime(name, OPEN_DIRECTORY));
    }

    /** The directory that contains this one. */
    public Directory openParent() throws PosixException {
        return new Directory(openat(handle(), PARENT, OPEN_DIRECTORY, 0));
    }

    /** This directory once more. */
    public Directory reopen() throws PosixException {
        return new Directory(openat(handle(), SELF, OPEN_DIRECTORY, 0));
    }

    /**
     * One step down that never leads out of this directory, nor over a link: it is one name, and the kernel follows none. Without {@code openat2}, which says no more of a single
     * name, is not in older kernels, and is kept from services that may not make set-user-ID files.
     *
     * @throws PosixException {@code ELOOP} if a symbolic link has the name, {@code ENOTDIR} if something else has it
     */
    public Directory openBeneath(byte[] name) throws PosixException {
        try {
            return new Directory(openat(handle(), checked(name), OPEN_DIRECTORY | O_NOFOLLOW, 0));
        } catch (PosixException e) {
            throw e.errno() == Errno.ENOTDIR && isLink(name) ? new PosixException("open", name, Errno.ELOOP) : e;
        }
    }

    private boolean isLink(byte[] name) {
        try {
            return stat(name).type() == FileType.SYMLINK;
        } catch (PosixException e) {
            return false;
        }
    }

    public FileStat stat() throws PosixException {
        return StatBuffer.read(handle(), new byte[0], Libc.AT_EMPTY_PATH);
    }

    public FileStat stat(byte[] name) throws PosixException {
        return StatBuffer.read(handle(), name, Libc.AT_SYMLINK_NOFOLLOW);
    }

    /** When this entry was made; null if its file system does not tell. */
    public Instant born(byte[] name) throws PosixException {
        return StatBuffer.born(handle(), name, Libc.AT_SYMLINK_NOFOLLOW);
    }

    /** What is there under this name, null if nothing is. */
    public FileStat find(byte[] name) throws PosixException {
        try {
            return stat(name);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    /** The names in this directory, in no order, without {@code .} and {@code ..}. One listing at a time. */
    public void names(NameVisitor visitor) throws IOException {
        Scratch scratch = Scratch.get();
        if (Libc.lseek(scratch.state, handle(), 0, SEEK_SET) < 0) {
            throw failed(scratch, "lseek", SELF);
        }
        NameBuffer.read(handle(), visitor);
    }

    /** Opens a regular file for reading. Access time stays if the system allows; a FIFO put in its place does not block. */
    public OpenFile read(byte[] name) throws PosixException {
        return new OpenFile(openWithoutAtime(name, O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), name);
    }

    /** Makes a file that must not be there yet, for writing. */
    public OpenFile create(byte[] name, int mode) throws PosixException {
        return new OpenFile(openat(handle(), checked(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode), name);
    }

    /**
     * Makes a file in this directory that has no name until {@link #name} gives it one, and that is gone with its handle if none does.
     *
     * @throws PosixException {@code EOPNOTSUPP} and others if the file system has no such thing
     */
    public OpenFile createUnnamed(int mode) throws PosixException {
        if (!Unnamed.CAN_BE_NAMED) {
            throw new PosixException("open", SELF, Errno.ENOTSUP);
        }
        return new OpenFile(openat(handle(), SELF, Unnamed.O_TMPFILE | O_WRONLY | O_CLOEXEC, mode), SELF);
    }

    /** @throws PosixException {@code EEXIST} if something has the name */
    public void name(OpenFile unnamed, byte[] name) throws PosixException {
        Unnamed.name(unnamed.handle(), handle(), checked(name));
    }

    /** Opens a file that is there for writing. */
    public OpenFile write(byte[] name) throws PosixException {
        return new OpenFile(openat(handle(), checked(name), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0), name);
    }

    /**
     * Opens the file that was made here under this name for writing.
     *
     * @throws PosixException {@code ESTALE} if it is another one
     */
    public OpenFile write(byte[] name, FileStat made) throws PosixException {
        OpenFile file = write(name);
        try {
            if (!file.stat().sameInode(made)) {
                throw new PosixException("open", name, Errno.ESTALE);
            }
            return file;
        } catch (PosixException e) {
            file.close();
            throw e;
        }
    }

    /** @throws PosixException {@code ESTALE} if this name does not, or no longer, stand for what was made */
    public void expect(byte[] name, FileStat made) throws PosixException {
        FileStat there = find(name);
        if (there == null || !there.sameInode(made)) {
            throw new PosixException("stat", name, Errno.ESTALE);
        }
    }

    /** Holds an entry without opening it. */
    public HeldEntry hold(byte[] name) throws PosixException {
        return new HeldEntry(openat(handle(), checked(name), O_PATH | O_NOFOLLOW | O_CLOEXEC, 0), name);
    }

    /** What the symbolic link says. */
    public byte[] readLink(byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        long n = Libc.readlinkat(scratch.state, handle(), scratch.path(name), scratch.buffer);
        if (n < 0) {
            throw failed(scratch, "readlink", name);
        }
        return scratch.buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Extended attributes of an entry of this directory. */
    public Attributes attributes(byte[] name) {
        return new Attributes(handle(), name);
    }

    /** Extended attributes of this directory itself. */
    public Attributes attributes() {
        return new Attributes(handle(), null);
    }

    /** Sets attributes of this directory itself. */
    public Inode inode() {
        return Inode.open(handle());
    }

    /** Whether what is made in it gets an access list of it; also true if that cannot be told. */
    public boolean handsDownLists() throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.fgetxattr(scratch.state, handle(), scratch.other(DEFAULT_LIST), scratch.buffer) >= 0) {
            return true;
        }
        int errno = Libc.errno(scratch.state);
        return errno != Errno.ENODATA && errno != Errno.ENOTSUP;
    }

    public void makeDirectory(byte[] name, int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.mkdirat(scratch.state, handle(), scratch.path(checked(name)), mode), "mkdir", name);
    }

    /** Makes a FIFO, socket or device. */
    public void makeNode(byte[] name, FileType type, int mode, int major, int minor) throws PosixException {
        long device = (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | minor & 0xffL;
        Scratch scratch = Scratch.get();
        check(scratch, Libc.mknodat(scratch.state, handle(), scratch.path(checked(name)), type.bits | mode, device), "mknod", name);
    }

    public void makeSymlink(byte[] target, byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.symlinkat(scratch.state, scratch.other(target), handle(), scratch.path(checked(name))), "symlink", name);
    }

    /** Gives an existing file one more name. */
    public void link(Directory from, byte[] existing, byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.linkat(scratch.state, from.handle(), scratch.other(existing), handle(), scratch.path(checked(name)), 0), "link", name);
    }

    /** Takes the place of what is at {@code to}, if anything is. */
    public void rename(byte[] from, byte[] to) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.renameat(scratch.state, handle(), scratch.other(from), handle(), scratch.path(checked(to))), "rename", to);
    }

    /**
     * Takes a name that nothing has yet. Where the file system cannot rename so, the entry gets a second name and loses the first;
     * where it has no second names either, a look must do.
     *
     * @throws PosixException {@code EEXIST} if something has it
     */
    public void renameToFree(byte[] from, byte[] to) throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.renameat2(scratch.state, handle(), scratch.other(from), handle(), scratch.path(checked(to)), RENAME_NOREPLACE) < 0) {
            int errno = Libc.errno(scratch.state);
            if (errno != Errno.EINVAL && errno != Errno.ENOSYS) {
                throw failed(scratch, "rename", to);
            }
            moveToFree(from, to);
        }
    }

    void moveToFree(byte[] from, byte[] to) throws PosixException {
        try {
            link(this, from, to);
        } catch (PosixException e) {
            if (e.errno() == Errno.EEXIST || find(to) != null) {
                throw new PosixException("rename", to, Errno.EEXIST);
            }
            rename(from, to);
            return;
        }
        remove(from);
    }

    public void remove(byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.unlinkat(scratch.state, handle(), scratch.path(checked(name)), 0), "unlink", name);
    }

    /** Removes an empty sub-directory. */
    public void removeDirectory(byte[] name) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.unlinkat(scratch.state, handle(), scratch.path(checked(name)), Libc.AT_REMOVEDIR), "rmdir", name);
    }

    public void chown(byte[] name, int uid, int gid) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.fchownat(scratch.state, handle(), scratch.path(name), uid, gid, Libc.AT_SYMLINK_NOFOLLOW), "chown", name);
    }

    public void chmod(byte[] name, int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.fchmodat(scratch.state, handle(), scratch.path(name), mode, Libc.AT_SYMLINK_NOFOLLOW), "chmod", name);
    }

    /** Sets the modification time; access time becomes the same. */
    public void touch(byte[] name, long second, int nano) throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.utimensat(scratch.state, handle(), scratch.path(name), scratch.times(second, nano), Libc.AT_SYMLINK_NOFOLLOW), "utimens", name);
    }

    /** The name of the kernel's own kind of file system that this is in; null if it is one that holds data. */
    public String kernelFileSystem() throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.fstatfs(scratch.state, handle(), scratch.stat), "fstatfs", SELF);
        return KernelFileSystem.name(scratch.stat.get(ValueLayout.JAVA_LONG, 0));
    }

    /** Makes all of this file system durable. */
    public void syncFileSystem() throws PosixException {
        Scratch scratch = Scratch.get();
        check(scratch, Libc.syncfs(scratch.state, handle()), "syncfs", SELF);
    }

    private int openWithoutAtime(byte[] name, int flags) throws PosixException {
        try {
            return openat(handle(), name, flags | O_NOATIME, 0);
        } catch (PosixException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            return openat(handle(), name, flags, 0);
        }
    }

    private static int openat(int directory, byte[] name, int flags, int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment path = scratch.path(name);
        while (true) {
            int opened = Libc.openat(scratch.state, directory, path, flags, mode);
            if (opened >= 0) {
                return opened;
            }
            retryOrThrow(scratch, "open", name);
        }
    }

    /** @throws IllegalArgumentException if this is no single component: it would lead somewhere else */
    private static byte[] checked(byte[] name) {
        boolean good = name.length > 0 && !Arrays.equals(name, SELF) && !Arrays.equals(name, PARENT);
        for (byte b : name) {
            good &= b != '/' && b != 0;
        }
        if (!good) {
            throw new IllegalArgumentException("\"" + new RawPath(name) + "\" is no name of a directory entry");
        }
        return name;
    }

    private static void check(Scratch scratch, int result, String call, byte[] name) throws PosixException {
        if (result < 0) {
            throw failed(scratch, call, name);
        }
    }

    static PosixException failed(Scratch scratch, String call, byte[] name) {
        return new PosixException(call, name, Libc.errno(scratch.state));
    }

    static void retryOrThrow(Scratch scratch, String call, byte[] name) throws PosixException {
        if (Libc.errno(scratch.state) != Errno.EINTR) {
            throw failed(scratch, call, name);
        }
    }

    private int handle() {
        return handle.number();
    }

    /** Closing twice is no error. */
    @Override
    public void close() {
        handle.close();
    }
}
