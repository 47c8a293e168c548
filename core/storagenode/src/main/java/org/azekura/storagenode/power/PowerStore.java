package org.azekura.storagenode.power;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.PowerSource;

/** A source of power among the devices of a node: it is configured, tested and swapped as they are, and keeps nothing. Thread-safe. */
public final class PowerStore implements BlobStore {

    private final PowerSource source;

    public PowerStore(PowerSource source) {
        this.source = source;
    }

    PowerSource source() {
        return source;
    }

    private BackupException refusal() {
        return BackupException.device("device.unsupported", source.location(), source.location()
                + " is a source of power, and keeps nothing; make the pool on a disk or in a library", null);
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        throw refusal();
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        throw refusal();
    }

    @Override
    public long size(String key) throws BackupException {
        throw refusal();
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        throw refusal();
    }

    @Override
    public void delete(String key) throws BackupException {
        throw refusal();
    }

    /** Whoever asks for its room wants to know whether it is there. */
    @Override
    public Space space() throws BackupException {
        source.selfTest();
        return new Space(-1, -1);
    }

    @Override
    public String location() {
        return source.location();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false, false);
    }

    @Override
    public void selfTest() throws BackupException {
        source.selfTest();
    }
}
