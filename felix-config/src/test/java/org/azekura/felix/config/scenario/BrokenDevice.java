package org.azekura.felix.config.scenario;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.driver.disk.DiskDevice;

/** A version of the driver {@code disk} that does not pass its self-test. It runs in the appliance, in a bundle that a test makes. */
public class BrokenDevice implements BlobStore {

    private final DiskDevice disk;

    public BrokenDevice(DiskDevice.Settings settings) {
        disk = new DiskDevice(settings);
    }

    /** What does all that this one passes on. */
    DiskDevice disk() {
        return disk;
    }

    /** Called by the component runtime at the end. */
    void close() {
        // The disk's own way to close is its package's.
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        return disk().create(key);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        return disk().read(key, offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        return disk().size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        disk().list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        disk().delete(key);
    }

    @Override
    public Space space() throws BackupException {
        return disk().space();
    }

    @Override
    public String location() {
        return disk.location();
    }

    @Override
    public Capabilities capabilities() {
        return disk.capabilities();
    }

    @Override
    public void selfTest() throws BackupException {
        throw BackupException.device("device.broken", "disk", "this version finds itself broken", null);
    }
}
