package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Optional<Registers> registers = Registers.of(pool);
        if (registers.isPresent()) {
            registered(registers.get().blobs(), keys, sink);
        }
        for (String key : keys.keySet()) {
            byte[] manifest = pool.device().call("read " + key, pool.patience(), store -> VolumeLabel.get(pool.hand().on(store), key, SignedManifest.MAX_BYTES));
            if (manifest == null) {
                LOG.warn("volume={}: {} is gone or too large for a manifest", pool.label().name(), key);
            }
            sink.take(manifest == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(manifest));
        }
    }

    /**
     * Hands over those that a register has. Each has all that there were: so the newest that is sound has the most.
     *
     * @param keys of manifests on the volume, with their sizes; those that were handed over go
     */
    static void registered(RegisterBlobs blobs, Map<String, Long> keys, PartSink sink) throws BackupException {
        for (RegisterBlobs.Lying register : keys.isEmpty() ? List.<RegisterBlobs.Lying>of() : blobs.all()) {
            boolean sound = blobs.read(register, RegisterReader.Part.MANIFESTS, new RegisterReader.Visitor() {
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
