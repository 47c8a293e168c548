package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pack that is being written to the spool. One thread at a time; must be closed. */
final class JournalMaking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalMaking.class);

    private final Journal journal;
    private final SpoolDisk disk;
    private final Path file;
    private final FileChannel channel;
    private final CRC32C sum = new CRC32C();
    private long size;
    /** Committed, or given up. */
    private boolean ended;

    JournalMaking(Journal journal, Path file, FileChannel channel) {
        this.journal = journal;
        this.disk = journal.disk();
        this.file = file;
        this.channel = channel;
    }

    /** On failure what was written of it is consumed, and the rest can be tried again. */
    void write(ByteBuffer part) throws IOException {
        ByteBuffer all = part.duplicate();
        try {
            disk.write(channel, part, size);
        } finally {
            ByteBuffer written = all.limit(part.position());
            int length = written.remaining();
            sum.update(written);
            size += length;
            journal.grew(length);
        }
    }

    /** Durable at return; after a failure it is gone, for a sync that failed is never tried again. */
    void commit(String key, boolean replaces) throws BackupException {
        PackTrailer trailer = journal.trailer(key, size, (int) sum.getValue(), replaces);
        Path whole = journal.file(trailer);
        Path now = file;
        ended = true;
        try {
            disk.write(channel, trailer.encode(), size);
            disk.force(channel);
            channel.close();
            disk.rename(file, whole);
            now = whole;
            disk.force(journal.folder());
        } catch (IOException e) {
            remove(now);
            throw journal.failed(e, "complete pack " + key);
        }
        journal.enter(whole, trailer);
    }

    private void remove(Path there) {
        journal.grew(-size);
        try {
            channel.close();
            disk.delete(there);
        } catch (IOException e) {
            LOG.warn("{} can't be removed: {}", there, e.toString());
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            remove(file);
        }
    }
}
