package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of the audit log on a pool's volume. Nobody deletes or replaces one. */
public record AuditBlobs(Pool pool) {

    private static final Logger LOG = LoggerFactory.getLogger(AuditBlobs.class);

    /** Durable at return. One at a time. */
    void store(AuditSegment segment) throws BackupException {
        Presence presence = Presence.of(pool);
        pool.device().call("write lines " + segment.first() + " to " + segment.last() + " of the audit log", Pool.READ, store -> {
            presence.require(store);
            VolumeLabel.putOnce(store, VolumeKeys.audit(segment), segment.encoded());
            return null;
        });
        LOG.info("volume={} has the audit log up to line {}", pool.label().name(), segment.last());
    }

    /** @param sink takes each, as it stands there; an empty one is there, and can't be read */
    public void each(CheckpointBlobs.PartSink sink) throws BackupException {
        for (String key : keys()) {
            sink.take(ByteBuffer.wrap(read(key)));
        }
    }

    private byte[] read(String key) throws BackupException {
        try {
            byte[] segment = pool.device().call("read " + key, pool.patience(), store -> VolumeLabel.get(pool.hand().on(store), key, AuditSegment.MAX_BYTES));
            if (segment != null) {
                return segment;
            }
            LOG.warn("volume={}: {} is gone or too large for a segment of the audit log", pool.label().name(), key);
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            LOG.warn("volume={}: {} can't be read: {}", pool.label().name(), key, e.getMessage());
        }
        return new byte[0];
    }

    /** In the order of their lines. */
    List<String> keys() throws BackupException {
        List<String> keys = new ArrayList<>();
        pool.device().call("list its audit log", Pool.READ, store -> {
            store.list(VolumeKeys.AUDIT, blob -> keys.add(blob.key()));
            return null;
        });
        keys.sort(Comparator.naturalOrder());
        return keys;
    }

    /** @throws BackupException {@code device.unsupported} */
    public void lock(BlobLock lock) throws BackupException {
        for (String key : keys()) {
            pool.device().call("lock " + key, Pool.READ, store -> {
                lock(store, key, lock);
                return null;
            });
        }
    }

    private static void lock(BlobStore store, String key, BlobLock lock) throws BackupException {
        if (store.lock(key).filter(there -> there.covers(lock)).isEmpty()) {
            store.extend(key, lock);
        }
    }
}
