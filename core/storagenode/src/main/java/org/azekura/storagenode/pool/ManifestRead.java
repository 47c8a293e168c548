package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.engine.register.RegisterReader;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.storagenode.pool.CheckpointBlobs.PartSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all manifests that are on a pool's volume; on tape those that a register has, from there. */
public record ManifestRead(Pool pool) {

    private static final Duration LIST = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(ManifestRead.class);

    /** @param sink takes each once; an empty one is there, and can't be read: somebody must learn that there is one more */
    public void run(PartSink sink) throws BackupException {
        Map<String, Long> keys = new LinkedHashMap<>();
        pool.device().call("list its snapshots", LIST, store -> {
            store.list(VolumeKeys.MANIFESTS, blob -> keys.put(blob.key(), blob.size()));
            return null;
        });
        registered(keys, sink);
        for (String key : keys.keySet()) {
            byte[] manifest = pool.device().call("read " + key, pool.patience(), store -> VolumeLabel.get(store, key, SignedManifest.MAX_BYTES));
            if (manifest == null) {
                LOG.warn("volume={}: {} is gone or too large for a manifest", pool.label().name(), key);
            }
            sink.take(manifest == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(manifest));
        }
    }

    /** Each register has all that there were: so the newest that is sound has the most. */
    private void registered(Map<String, Long> keys, PartSink sink) throws BackupException {
        Registers registers = Registers.of(pool).orElse(null);
        if (registers == null || keys.isEmpty()) {
            return;
        }
        for (RegisterBlobs.Lying register : registers.blobs().all()) {
            boolean sound = registers.blobs().read(register, RegisterReader.Part.MANIFESTS, new RegisterReader.Visitor() {
                @Override
                public void manifest(ByteBuffer manifest) throws BackupException {
                    String key = key(manifest);
                    if (key != null && keys.remove(key, (long) manifest.remaining())) {
                        sink.take(manifest.slice());
                    }
                }
            });
            if (sound) {
                return;
            }
        }
    }

    /** Null if it is none. */
    private static String key(ByteBuffer manifest) {
        byte[] bytes = new byte[manifest.remaining()];
        manifest.get(manifest.position(), bytes);
        try {
            return VolumeKeys.manifest(Manifest.parse(SignedManifest.parse(bytes).manifest()).snapshot());
        } catch (BackupException e) {
            return null;
        }
    }
}
