package org.azekura.server.pool;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.BackupException;

/**
 * What comes from a medium on its way to the catalog, in a file without a name: any number of frames costs no memory, and the catalog's transaction waits
 * for no medium. For one thread; gone when closed, and with the process.
 */
public final class FrameSpool implements AutoCloseable {

    private final Path folder;
    private final FileChannel file;

    /** Takes one frame. */
    @FunctionalInterface
    public interface Sink {
        void take(byte[] frame) throws BackupException;
    }

    /** @throws BackupException {@code rebuild.spool} if there is no place for temporary files */
    public FrameSpool() throws BackupException {
        folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path path = Files.createTempFile(folder, "azekura-rebuild-", null);
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private BackupException failed(IOException e) {
        return BackupException.device("rebuild.spool", folder.toString(), "what is read of media can't be kept in " + folder + " until all are read: " + e
                + "; make room there, then run the rebuild again", e);
    }

    /** @param frame the buffer's position stays @return where it is, for {@link #at} */
    public long add(ByteBuffer frame) throws BackupException {
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + frame.remaining()).putInt(frame.remaining()).put(frame.duplicate()).flip();
        try {
            long at = file.position();
            while (record.hasRemaining()) {
                file.write(record);
            }
            return at;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Hands over all of them, in the order in which they came. */
    public void each(Sink sink) throws BackupException {
        try {
            long end = file.size();
            for (long at = 0; at < end;) {
                byte[] frame = at(at);
                sink.take(frame);
                at += Integer.BYTES + frame.length;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** One of them. */
    public byte[] at(long place) throws BackupException {
        try {
            return read(place + Integer.BYTES, read(place, Integer.BYTES).getInt()).array();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                throw new EOFException("it ends at " + (at + into.position()));
            }
        }
        return into.flip();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
