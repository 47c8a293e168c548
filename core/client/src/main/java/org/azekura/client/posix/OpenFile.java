package org.azekura.client.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** An open regular file. One thread at a time. */
public final class OpenFile implements AutoCloseable {

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int FADV_WILLNEED = 3;
    private static final int FADV_DONTNEED = 4;
    private static final int TRANSFER_BYTES = 1 << 20;

    /** Memory that bulk data pass through: a heap array cannot be handed to a call that blocks. */
    private static final ThreadLocal<MemorySegment> TRANSFER = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(TRANSFER_BYTES));

    private final byte[] name;
    private final Handle handle;

    OpenFile(int handle, byte[] name) {
        this.handle = new Handle(handle);
        this.name = name;
    }

    public FileStat stat() throws PosixException {
        return StatBuffer.read(handle(), new byte[0], Libc.AT_EMPTY_PATH);
    }

    /**
     * Fills the range from the file.
     *
     * @return bytes read; fewer than asked only at the file's end
     */
    public int read(long at, byte[] into, int from, int length) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment transfer = TRANSFER.get();
        int done = 0;
        while (done < length) {
            long n = Libc.pread(scratch.state, handle(), transfer, Math.min(length - done, TRANSFER_BYTES), at + done);
            if (n < 0) {
                Directory.retryOrThrow(scratch, "read", name);
                continue;
            }
            if (n == 0) {
                break;
            }
            MemorySegment.copy(transfer, ValueLayout.JAVA_BYTE, 0, into, from + done, (int) n);
            done += (int) n;
        }
        return done;
    }

    /** Has the kernel begin to read the range into its cache, without waiting for it. Where it will not, nothing happens. */
    public void willNeed(long at, long bytes) {
        Libc.fadvise(handle(), at, bytes, FADV_WILLNEED);
    }

    /** Has the kernel forget what it has of the content, as far as that is durable: so the next reader gets it from the device. Where it will not, nothing happens. */
    public void forget() {
        Libc.fadvise(handle(), 0, 0, FADV_DONTNEED);
    }

    /** Writes the whole range. After a failure any part of it may be in the file. */
    public void write(long at, byte[] bytes, int from, int length) throws PosixException {
        Scratch scratch = Scratch.get();
        MemorySegment transfer = TRANSFER.get();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, TRANSFER_BYTES);
            MemorySegment.copy(bytes, from + done, transfer, ValueLayout.JAVA_BYTE, 0, part);
            long n = Libc.pwrite(scratch.state, handle(), transfer, part, at + done);
            if (n < 0) {
                Directory.retryOrThrow(scratch, "write", name);
                continue;
            }
            done += (int) n;
        }
    }

    /** Where the next data at or behind {@code at} begin, -1 if only a hole follows. */
    public long nextData(long at) throws PosixException {
        Scratch scratch = Scratch.get();
        long found = Libc.lseek(scratch.state, handle(), at, SEEK_DATA);
        if (found < 0) {
            int errno = Libc.errno(scratch.state);
            if (errno == Errno.ENXIO) {
                return -1;
            }
            if (errno == Errno.EINVAL) {
                return at;
            }
            throw new PosixException("lseek", name, errno);
        }
        return found;
    }

    /** Where the data at {@code at} end: the next hole, or the file's end; {@code at} itself if the file has become shorter. */
    public long nextHole(long at) throws PosixException {
        Scratch scratch = Scratch.get();
        long found = Libc.lseek(scratch.state, handle(), at, SEEK_HOLE);
        if (found < 0) {
            int errno = Libc.errno(scratch.state);
            if (errno == Errno.ENXIO) {
                return at;
            }
            if (errno == Errno.EINVAL) {
                return Long.MAX_VALUE;
            }
            throw new PosixException("lseek", name, errno);
        }
        return found;
    }

    /** Sets the size; what is added is a hole. */
    public void truncate(long size) throws PosixException {
        Scratch scratch = Scratch.get();
        while (Libc.ftruncate(scratch.state, handle(), size) < 0) {
            Directory.retryOrThrow(scratch, "ftruncate", name);
        }
    }

    public void chmod(int mode) throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.fchmod(scratch.state, handle(), mode) < 0) {
            throw new PosixException("fchmod", name, Libc.errno(scratch.state));
        }
    }

    /** Sets this file's attributes. */
    public Inode inode() {
        return Inode.open(handle());
    }

    /**
     * This file's extended attributes, sorted by name; none if the file system has no such thing.
     *
     * @throws PosixException {@link Errno#E2BIG} if they are more than {@link Attributes#MAX_BYTES}
     */
    public List<Attribute> attributes() throws PosixException {
        return new AttributeList.ByHandle(handle(), name).read(Attributes.MAX_BYTES);
    }

    /** Makes content and attributes durable. */
    public void sync() throws PosixException {
        Scratch scratch = Scratch.get();
        if (Libc.fsync(scratch.state, handle()) < 0) {
            throw new PosixException("fsync", name, Libc.errno(scratch.state));
        }
    }

    int handle() {
        return handle.number();
    }

    /** Closing twice is no error; a failure of the close itself is not told: who needs durability calls {@link #sync}. */
    @Override
    public void close() {
        handle.close();
    }
}
