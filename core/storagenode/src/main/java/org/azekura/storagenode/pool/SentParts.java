package org.azekura.storagenode.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody has sent, in a file without a name until it is where it belongs; gone when closed, and with the process. For one thread. */
final class SentParts implements AutoCloseable {

    private static final int PART = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(SentParts.class);

    private final Path folder;
    private final FileChannel file;
    private long at;

    private SentParts(Path folder) throws BackupException {
        this.folder = folder;
        try {
            Path path = Files.createTempFile(folder, "sent-", ".new");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Takes all parts.
     *
     * @param folder has the file
     * @throws BackupException {@code index.io} if the disk does not take them; what the parts throw
     */
    static SentParts take(CheckpointBlobs.Parts parts, Path folder) throws BackupException {
        SentParts sent = new SentParts(folder);
        try {
            for (ByteBuffer part = parts.next(); part != null; part = parts.next()) {
                sent.add(part);
            }
            return sent;
        } catch (BackupException | RuntimeException e) {
            sent.close();
            throw e;
        }
    }

    private void add(ByteBuffer part) throws BackupException {
        try {
            while (part.hasRemaining()) {
                file.write(part);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** All of it in order, cut anyhow; null behind the end. */
    ByteBuffer next() throws BackupException {
        ByteBuffer part = ByteBuffer.allocate(PART);
        try {
            int read = file.read(part, at);
            at += Math.max(0, read);
            return read < 0 ? null : part.flip();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private BackupException failed(IOException e) {
        return BackupException.device("index.io", folder.toString(), "what was sent can't be kept in " + folder + ": " + e.getMessage() + "; make room there", e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("a file in {} can't be closed: {}", folder, e.toString());
        }
    }
}
