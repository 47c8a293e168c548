package org.azekura.client.posix;

import java.lang.foreign.ValueLayout;

/** An entry of any kind, a symbolic link too, that is held without being opened for its content. One thread at a time. */
public final class HeldEntry implements AutoCloseable {

    private final byte[] name;
    private final Handle handle;

    HeldEntry(int handle, byte[] name) {
        this.handle = new Handle(handle);
        this.name = name;
    }

    public FileStat stat() throws PosixException {
        return StatBuffer.read(handle.number(), new byte[0], Libc.AT_EMPTY_PATH);
    }

    /** What the symbolic link says. */
    public byte[] readLink() throws PosixException {
        Scratch scratch = Scratch.get();
        long n = Libc.readlinkat(scratch.state, handle.number(), scratch.path(new byte[0]), scratch.buffer);
        if (n < 0) {
            throw Directory.failed(scratch, "readlink", name);
        }
        return scratch.buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    }

    public Inode inode() {
        return Inode.held(handle.number());
    }

    /** Closing twice is no error. */
    @Override
    public void close() {
        handle.close();
    }
}
