package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobWriter;
import org.azekura.engine.pack.PackTransit;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pack that comes from elsewhere and is written as it comes. One thread. */
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

    /** Where its bytes come from. */
    interface Pieces {

        /** Those that come next, until another is asked for; null behind the last. */
        ByteBuffer next() throws BackupException;
    }

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

    /**
     * Writes a pack, durable at return.
     *
     * @param size of the whole pack
     * @return false if it had to stand back for a change of the device's driver: it is to come again then
     * @throws BackupException {@code pack.corrupt} if not every byte is what was written: nothing is there then
     */
    static boolean take(Pool pool, PackId id, long size, Pieces from) throws BackupException {
        return take(pool, id, size, from, false);
    }

    /** The same in the place of one that is damaged; where the device can't replace a blob that goes first. */
    static boolean mend(Pool pool, PackId id, long size, Pieces from) throws BackupException {
        return take(pool, id, size, from, true);
    }

    private static boolean take(Pool pool, PackId id, long size, Pieces from, boolean mends) throws BackupException {
        pool.spool().awaitRoom(() -> {});
        PackOnTheWay coming = new PackOnTheWay(pool.device(), id, size, mends);
        try {
            return coming.take(from);
        } finally {
            coming.end();
        }
    }

    private boolean take(Pieces from) throws BackupException {
        for (ByteBuffer piece = from.next(); piece != null; piece = from.next()) {
            if (span.isAwaited()) {
                return false;
            }
            write(piece);
        }
        commit();
        return true;
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

    private void write(ByteBuffer piece) throws BackupException {
        transit.take(piece);
        call("write", WRITE, () -> {
            blob.write(piece);
            return null;
        });
    }

    private void commit() throws BackupException {
        transit.end();
        call("commit", COMMIT, () -> {
            blob.commit();
            return null;
        });
    }

    /** Drops the pack; nothing if it was committed. */
    private void end() {
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
