package org.azekura.storagenode.cartridge.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Content of a blob that is not on a cartridge yet, in a file. One thread at a time. */
public final class Spooled implements Content, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spooled.class);

    private final Spool spool;
    private final FileChannel file;
    private long size;
    private boolean closed;

    Spooled(Spool spool, FileChannel file) {
        this.spool = spool;
        this.file = file;
    }

    @Override
    public long size() {
        return size;
    }

    public void write(ByteBuffer bytes) throws BackupException {
        int length = bytes.remaining();
        spool.take(length);
        size += length;
        try {
            for (long at = size - length; bytes.hasRemaining();) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw spool.failed(e, "write a blob");
        }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws BackupException {
        try {
            for (long at = offset; into.hasRemaining();) {
                int got = file.read(into, at);
                if (got < 0) {
                    throw new IOException("the file ends at " + at + ", expected " + size + " bytes");
                }
                at += got;
            }
        } catch (IOException e) {
            throw spool.failed(e, "read a blob");
        }
    }

    /** Its file goes. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            spool.give(size);
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("cannot remove a file of the spool: {}", e.toString());
            }
        }
    }
}
