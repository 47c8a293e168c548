package org.azekura.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.BackupException;

/** A blob that is a file. */
final class FilePack implements Medium.Blob {

    private final Path path;
    private final FileChannel channel;
    private final long size;

    /** @throws BackupException {@code volume.unreadable} */
    FilePack(Path path) throws BackupException {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            size = channel.size();
        } catch (IOException e) {
            throw Volume.unreadable(path.toString(), e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws BackupException {
        try {
            return channel.read(into, offset);
        } catch (IOException e) {
            throw Volume.unreadable(path.toString(), e);
        }
    }

    @Override
    public void close() throws BackupException {
        try {
            channel.close();
        } catch (IOException e) {
            throw Volume.unreadable(path.toString(), e);
        }
    }
}
