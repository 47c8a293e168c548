package org.azekura.storagenode.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.LockAnswer;
import org.azekura.api.message.LockOrder;

/** Has the medium of a pool lock what snapshots need. On a remote device each blob takes a request or two, so several are under way at once. */
public record VolumeLocks(Pool pool) {

    public LockAnswer.Modes modes() throws BackupException {
        return new LockAnswer.Modes(pool.device().call("ask what it locks", Pool.READ, store -> store.capabilities().locks().stream().sorted().toList()));
    }

    /** One that is not there is not locked. */
    public LockAnswer.Manifests manifests(List<SnapshotId> snapshots) throws BackupException {
        return new LockAnswer.Manifests(pool.device().call("look which manifests are locked", Pool.READ,
                store -> AtOnce.each(snapshots, snapshot -> manifest(store, snapshot)).stream().filter(lock -> lock != null).toList()));
    }

    private static LockAnswer.ManifestLock manifest(BlobStore store, SnapshotId snapshot) throws BackupException {
        try {
            return store.lock(VolumeKeys.manifest(snapshot)).map(lock -> new LockAnswer.ManifestLock(snapshot, lock)).orElse(null);
        } catch (BackupException e) {
            if (e.failure().code().equals("blob.missing")) {
                return null;
            }
            throw e;
        }
    }

    /** @throws BackupException {@code device.unsupported}, {@code message.large} */
    public LockAnswer.NotLocked packs(LockOrder.LockPacks order) throws BackupException {
        if (order.packs().size() > LockOrder.PACKS) {
            throw BackupException.operator("message.large", pool.name().value(), "lock at most " + LockOrder.PACKS + " packs at once, not " + order.packs().size());
        }
        return new LockAnswer.NotLocked(pool.device().call("lock " + order.packs().size() + " packs", Pool.READ,
                store -> AtOnce.each(order.packs(), pack -> lock(store, pack, order.lock())).stream().filter(problem -> problem != null).toList()));
    }

    private static LockAnswer.Problem lock(BlobStore store, PackId pack, BlobLock lock) throws BackupException {
        try {
            store.extend(VolumeKeys.pack(pack), lock);
            return null;
        } catch (BackupException e) {
            if (e.failure().code().equals("device.unsupported")) {
                throw e;
            }
            return new LockAnswer.Problem(pack, e.failure().code(), e.getMessage());
        }
    }

    /** With it the label and the key rings: without them nobody reads the rest. */
    public void manifest(LockOrder.LockManifest order) throws BackupException {
        pool.device().call("lock manifest " + order.snapshot(), Pool.READ, store -> {
            List<String> keys = new ArrayList<>(List.of(VolumeKeys.LABEL));
            store.list(VolumeKeys.KEY_RINGS, blob -> keys.add(blob.key()));
            // Last: by it the server sees that all is done.
            keys.add(VolumeKeys.manifest(order.snapshot()));
            for (String key : keys) {
                store.extend(key, order.lock());
            }
            return null;
        });
    }
}
