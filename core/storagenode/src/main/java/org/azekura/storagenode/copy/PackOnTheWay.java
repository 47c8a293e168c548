package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobWriter;
import org.azekura.engine.pack.PackTransit;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pack that comes from elsewhere and is written as it comes. One thread at a time; ends with {@link #commit} or {@link #abandon}. */
final class PackOnTheWay {

    private static final Duration WRITE = Duration.ofMinutes(2);
    private static final Duration COMMIT = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(PackOnTheWay.class);

    private final PackId id;
    private final Device.Span span;
    private final PackTransit transit;
    private final BlobWriter blob;
    /** A device call that did not end in time still has the writer: nobody else may touch it. */
    private boolean hung;

    private PackOnTheWay(Device device, PackId id, long size, boolean mends) throws BackupException {
        this.id = id;
        this.transit = new PackTransit(id, size);
        this.span = device.span("write pack " + id);
        try {
            this.blob = call("begin", WRITE, () -> {
                if (mends && span.store().capabilities().replace()) {
                    return span.store().replace(VolumeKeys.pack(id));
                }
                // What is there under its name and not in the index is of an attempt that nobody knows to have been durable.
                span.store().delete(VolumeKeys.pack(id));
                return span.store().create(VolumeKeys.pack(id));
            });
        } catch (BackupException e) {
            span.close();
            throw e;
        }
    }

    /** @param size of the whole pack */
    static PackOnTheWay begin(Device device, PackId id, long size) throws BackupException {
        return new PackOnTheWay(device, id, size, false);
    }

    /** The same in the place of one that is damaged; where the device can't replace a blob that goes first. */
    static PackOnTheWay mend(Device device, PackId id, long size) throws BackupException {
        return new PackOnTheWay(device, id, size, true);
    }

    private interface Step<T> {
        T run() throws BackupException;
    }

    private <T> T call(String doing, Duration timeout, Step<T> step) throws BackupException {
        try {
            return span.call(doing + " pack " + id, timeout, store -> step.run());
        } catch (BackupException e) {
            hung |= e.failure().code().equals("device.timeout") || e.failure().code().equals("device.interrupted");
            throw e;
        }
    }

    /** Whether its device is to pause and waits for it: it is to be abandoned, and comes again afterwards. */
    boolean isInTheWay() {
        return span.isAwaited();
    }

    /** @throws BackupException {@code pack.corrupt} as soon as it can't be this pack */
    void write(ByteBuffer piece) throws BackupException {
        transit.take(piece);
        call("write", WRITE, () -> {
            blob.write(piece);
            return null;
        });
    }

    /**
     * Durable at return.
     *
     * @throws BackupException {@code pack.corrupt} if not every byte is what was written: nothing is there then
     */
    void commit() throws BackupException {
        transit.end();
        call("commit", COMMIT, () -> {
            blob.commit();
            return null;
        });
        abandon();
    }

    /** Drops the pack; nothing if it was committed. */
    void abandon() {
        if (!hung) {
            try {
                call("drop", WRITE, () -> {
                    blob.close();
                    return null;
                });
            } catch (BackupException e) {
                LOG.warn("pack {} is left unfinished: {}", id, e.getMessage());
            }
        }
        span.close();
    }
}
