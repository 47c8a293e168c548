package org.azekura.storagenode.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.seal.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manifests and key rings on a pool's volume: the small blobs that say what the packs are good for. What is stored is durable at return; storing the
 * same again is no error.
 */
public record VolumeRecords(Pool pool) {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeRecords.class);

    /**
     * Behind all packs that are durable now. If some were lost on their way to tape that is no concern of who relies on none of them.
     *
     * @param reliance of whose manifest it is; null: it is not known, and all are to be there
     */
    public void storeManifest(SnapshotId snapshot, byte[] manifest, PoolSpool.Check check, Reliance reliance) throws BackupException {
        while (true) {
            try {
                pool.spool().awaitTape(check, reliance == null ? null : reliance.since());
                storeManifest(snapshot, manifest);
                return;
            } catch (BackupException e) {
                if (reliance == null || !e.failure().code().equals("spool.corrupt") || !reliance.isWhole()) {
                    throw e;
                }
                LOG.info("pool {}: packs were lost on their way to tape, none of them snapshot {} needs", pool.name(), snapshot);
            }
        }
    }

    private void storeManifest(SnapshotId snapshot, byte[] manifest) throws BackupException {
        String key = VolumeKeys.manifest(snapshot);
        Presence presence = Presence.of(pool);
        pool.device().call("write manifest " + snapshot, Pool.READ, store -> {
            presence.require(store);
            if (!VolumeLabel.putOnce(store, key, manifest)) {
                VolumeLabel.putAgain(store, key, manifest);
            }
            return null;
        });
    }

    public void removeManifest(SnapshotId snapshot) throws BackupException {
        pool.device().call("delete manifest " + snapshot, Pool.READ, store -> {
            store.delete(VolumeKeys.manifest(snapshot));
            return null;
        });
    }

    /** @throws BackupException {@code keyring.other}, {@code keyring.newer} */
    public void storeKeyRing(KeyRing ring) throws BackupException {
        String key = VolumeKeys.keyRing(ring.number());
        Presence presence = Presence.of(pool);
        pool.device().call("write key ring " + ring.number(), Pool.READ, store -> {
            presence.require(store);
            int[] newest = {0};
            store.list(VolumeKeys.KEY_RINGS, blob -> newest[0] = Math.max(newest[0], VolumeKeys.keyRing(blob.key())));
            if (newest[0] > ring.number()) {
                throw BackupException.media("keyring.newer", store.location(), store.location() + " has key ring " + newest[0] + " of pool "
                        + pool.name() + ", the catalog only ring " + ring.number() + "; bring the newest catalog or rebuild it", null);
            }
            if (!VolumeLabel.putOnce(store, key, ring.encoded())) {
                byte[] there = VolumeLabel.get(store, key, KeyRing.MAX_BYTES);
                if (there == null || !isSound(there)) {
                    VolumeLabel.putAgain(store, key, ring.encoded());
                    return null;
                }
                throw BackupException.media("keyring.other", store.location(), store.location() + " has another key ring " + ring.number()
                        + " of pool " + pool.name() + " than the catalog; bring the newest catalog or rebuild it", null);
            }
            return null;
        });
    }

    /**
     * The newest sound key ring on the volume; null if there is none.
     *
     * @throws BackupException {@code format.version}: an older ring than that would bring back who was removed
     */
    public byte[] keyRing() throws BackupException {
        return pool.device().call("read the key ring", Pool.READ, store -> {
            List<Integer> numbers = new ArrayList<>();
            store.list(VolumeKeys.KEY_RINGS, blob -> numbers.add(VolumeKeys.keyRing(blob.key())));
            numbers.removeIf(number -> number == 0);
            numbers.sort(Comparator.reverseOrder());
            for (int number : numbers) {
                byte[] ring = VolumeLabel.get(store, VolumeKeys.keyRing(number), KeyRing.MAX_BYTES);
                if (ring != null && isSound(ring)) {
                    return ring;
                }
            }
            return null;
        });
    }

    private boolean isSound(byte[] ring) throws BackupException {
        try {
            KeyRing.parse(ring);
            return true;
        } catch (BackupException e) {
            if (FormatVersion.isOther(e)) {
                throw e;
            }
            LOG.warn("volume={}: {}; an older one is looked for", pool.label().name(), e.getMessage());
            return false;
        }
    }
}
