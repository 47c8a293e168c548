package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.pool.VolumeKeys;

/** One version of a driver on a medium that others serve before and after it. It notices who calls it when it is gone. */
final class DrivenStore implements BlobStore {

    final AtomicInteger late = new AtomicInteger();
    final AtomicInteger packReads = new AtomicInteger();
    private final BlobStore medium;
    private volatile boolean closed;
    volatile String broken;

    DrivenStore(BlobStore medium) {
        this.medium = medium;
    }

    void close() {
        closed = true;
    }

    private BlobStore medium() throws BackupException {
        if (closed) {
            late.incrementAndGet();
            throw BackupException.device("device.closed", "d1", "this version of the driver is gone", null);
        }
        return medium;
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        return driven(medium().create(key));
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        return driven(medium().replace(key));
    }

    private BlobWriter driven(BlobWriter writer) {
        return new BlobWriter() {
            @Override
            public void write(ByteBuffer bytes) throws BackupException {
                medium();
                writer.write(bytes);
            }

            @Override
            public void commit() throws BackupException {
                medium();
                writer.commit();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        if (key.startsWith(VolumeKeys.PACKS)) {
            packReads.incrementAndGet();
        }
        return medium().read(key, offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        return medium().size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        medium().list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        medium().delete(key);
    }

    @Override
    public Space space() throws BackupException {
        return medium().space();
    }

    @Override
    public String location() {
        return medium.location();
    }

    @Override
    public Capabilities capabilities() {
        return medium.capabilities();
    }

    @Override
    public void selfTest() throws BackupException {
        medium();
        if (broken != null) {
            throw BackupException.device("device.broken", "d1", broken, null);
        }
    }
}
