package org.azekura.server.trees;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The file that grows. Plain file calls, because a channel is closed when the thread that uses it is interrupted, and cancelled
 * jobs interrupt theirs. Not thread-safe, but for {@link #sync}.
 */
final class TreeFile implements AutoCloseable {

    final int number;
    private final Force force;
    private final RandomAccessFile file;
    private long end;

    /** How content is made durable; tests have disks that fail. */
    @FunctionalInterface
    interface Force {
        void force(FileChannel channel) throws IOException;
    }

    /** @param end what lies behind is cut off */
    TreeFile(Path path, int number, long end, Force force) throws IOException {
        this.number = number;
        this.force = force;
        this.end = end;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(end);
    }

    long end() {
        return end;
    }

    /** Adds what remains in the buffer, whose position stays. After a failure {@link #end} is as before. */
    void append(ByteBuffer frame) throws IOException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(frame.position(), bytes);
        file.seek(end);
        file.write(bytes);
        end += bytes.length;
    }

    /** Drops what lies behind this offset. */
    void cut(long to) throws IOException {
        file.setLength(to);
        end = to;
    }

    /** Makes the content durable. May run beside an {@link #append}. */
    void sync() throws IOException {
        force.force(file.getChannel());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
