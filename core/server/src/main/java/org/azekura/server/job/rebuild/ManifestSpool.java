package org.azekura.server.job.rebuild;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.BackupException;
import org.azekura.engine.snapshot.SignedManifest;

/**
 * Manifests between medium and catalog, in a file without a name: any number of them costs no memory, and the catalog's transaction waits
 * for no medium. For one thread; gone when closed, and with the process.
 */
final class ManifestSpool implements AutoCloseable {

    private final Path folder;
    private final FileChannel file;

    /** Takes one manifest. */
    @FunctionalInterface
    interface Sink {
        void take(SignedManifest manifest) throws BackupException;
    }

    /** @throws BackupException {@code rebuild.spool} if there is no place for temporary files */
    ManifestSpool() throws BackupException {
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
        return BackupException.device("rebuild.spool", folder.toString(), "manifests can't be kept in " + folder + " until all are read: " + e
                + "; make room there, then run the rebuild again", e);
    }

    /** @param manifest encoded; the buffer's position stays */
    void add(ByteBuffer manifest) throws BackupException {
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + manifest.remaining()).putInt(manifest.remaining()).put(manifest.duplicate()).flip();
        try {
            while (record.hasRemaining()) {
                file.write(record);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Hands over all of them, in the order in which they came. */
    void each(Sink sink) throws BackupException {
        try {
            long end = file.size();
            for (long at = 0; at < end;) {
                int length = read(at, Integer.BYTES).getInt();
                sink.take(SignedManifest.parse(read(at + Integer.BYTES, length).array()));
                at += Integer.BYTES + length;
            }
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
