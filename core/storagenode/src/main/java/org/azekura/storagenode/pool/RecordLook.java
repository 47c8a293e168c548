package org.azekura.storagenode.pool;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what lies on a pool's volume beside its packs, and whether that is what it was. Of cartridges only their contents tell what is there: none is brought for some bytes.
 *
 * @param pool that is open
 */
public record RecordLook(Pool pool) {

    private static final String GONE = "it is gone";
    /** In one call. A service that lets few requests through in a second gets done with so many before that times out. */
    private static final int TOGETHER = 50;
    private static final Logger LOG = LoggerFactory.getLogger(RecordLook.class);

    /** @throws BackupException {@code message.large}; if the device is gone */
    public PoolAnswer.Differing manifests(List<HealOrder.Manifest> manifests) throws BackupException {
        if (manifests.size() > HealOrder.MAX_MANIFESTS) {
            throw BackupException.operator("message.large", pool.name().value(), "ask for at most " + HealOrder.MAX_MANIFESTS + " manifests at once, not " + manifests.size());
        }
        boolean reads = reads();
        List<PoolAnswer.Difference> differing = new ArrayList<>();
        for (int at = 0; at < manifests.size(); at += TOGETHER) {
            differing.addAll(some(manifests.subList(at, Math.min(manifests.size(), at + TOGETHER)), reads));
        }
        return new PoolAnswer.Differing(differing);
    }

    private List<PoolAnswer.Difference> some(List<HealOrder.Manifest> manifests, boolean reads) throws BackupException {
        return pool.device().call("look at " + manifests.size() + " manifests", Pool.READ, store -> {
            Presence.of(pool).require(store);
            return AtOnce.each(manifests, manifest -> {
                String what = differs(store, VolumeKeys.manifest(manifest.snapshot()), SignedManifest.MAX_BYTES, reads ? manifest.hash() : null);
                return what == null ? null : new PoolAnswer.Difference(manifest.snapshot(), what);
            }).stream().filter(difference -> difference != null).toList();
        });
    }

    /** @param keyRing that should be there */
    public PoolAnswer.RecordsFound others(byte[] keyRing) throws BackupException {
        boolean reads = reads();
        String ring = pool.device().call("look at its key ring", Pool.READ, store -> {
            Presence.of(pool).require(store);
            return differs(store, VolumeKeys.keyRing(KeyRing.parse(keyRing).number()), KeyRing.MAX_BYTES, reads ? Sha256.of(keyRing) : null);
        });
        List<PoolAnswer.CheckpointFound> checkpoints = new ArrayList<>();
        for (long number : CheckpointBlobs.numbers(pool.device())) {
            String key = VolumeKeys.checkpoint(number);
            checkpoints.add(reads ? checkpoint(key) : new PoolAnswer.CheckpointFound(key, null, null));
        }
        List<PoolAnswer.SegmentFound> segments = new ArrayList<>();
        for (String key : new AuditBlobs(pool).keys()) {
            PoolAnswer.SegmentFound segment = segment(key, reads);
            if (segment != null) {
                segments.add(segment);
            }
        }
        return new PoolAnswer.RecordsFound(ring, checkpoints, segments);
    }

    /** Whether what is there is read: not from cartridges. */
    private boolean reads() throws BackupException {
        return pool.recall().isEmpty();
    }

    /** @param hash null if it is not read */
    private static String differs(BlobStore store, String key, int max, byte[] hash) throws BackupException {
        if (store.size(key) < 0) {
            return GONE;
        }
        if (hash == null) {
            return null;
        }
        try {
            byte[] there = VolumeLabel.get(store, key, max);
            return there != null && MessageDigest.isEqual(hash, Sha256.of(there)) ? null : "it is not what was written";
        } catch (BackupException e) {
            if (isUnread(key, e)) {
                return null;
            }
            if (Device.isGone(e)) {
                throw e;
            }
            return e.getMessage();
        }
    }

    /** Whether one by itself is not for reading now: it lies in an archive, or was written by a later release. Then it is taken as one on a cartridge is: it is there. */
    private static boolean isUnread(String key, BackupException e) {
        boolean unread = e.failure().code().equals("blob.archived") || FormatVersion.isOther(e);
        if (unread) {
            LOG.info("{} is not compared with what was written: {}", key, e.getMessage());
        }
        return unread;
    }

    private PoolAnswer.CheckpointFound checkpoint(String key) throws BackupException {
        MessageDigest hash = Sha256.begin();
        try {
            String what = new CheckpointBlobs(pool).problem(key, hash::update);
            return new PoolAnswer.CheckpointFound(key, hash.digest(), what);
        } catch (BackupException e) {
            if (isUnread(key, e)) {
                return new PoolAnswer.CheckpointFound(key, null, null);
            }
            throw e;
        }
    }

    /** Null if its name is that of none. */
    private PoolAnswer.SegmentFound segment(String key, boolean reads) throws BackupException {
        String[] parts = key.substring(VolumeKeys.AUDIT.length()).split("-");
        try {
            long first = HexFormat.fromHexDigitsToLong(parts[0]);
            long last = HexFormat.fromHexDigitsToLong(parts.length < 2 ? "" : parts[1]);
            return new PoolAnswer.SegmentFound(key, first, last, reads ? broken(key) : null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Its name has part of the hash of its bytes, so nobody needs a key to see whether it is whole. */
    private String broken(String key) throws BackupException {
        try {
            byte[] bytes = pool.device().call("look at " + key, Pool.READ, store -> VolumeLabel.get(store, key, AuditSegment.MAX_BYTES));
            return bytes == null ? "it is gone, or too large" : VolumeKeys.audit(AuditSegment.parse(bytes)).equals(key) ? null : "it is not what was written";
        } catch (BackupException e) {
            if (isUnread(key, e)) {
                return null;
            }
            if (Device.isGone(e)) {
                throw e;
            }
            return e.getMessage();
        }
    }

    /** Takes a checkpoint or segment away that is broken still; nothing else. @throws BackupException {@code blob.locked} */
    public void remove(String key) throws BackupException {
        boolean broken = VolumeKeys.checkpoint(key) > 0 ? checkpoint(key).what() != null : key.startsWith(VolumeKeys.AUDIT) && segment(key, true) != null && broken(key) != null;
        if (broken) {
            pool.device().call("delete " + key, Pool.READ, store -> {
                store.delete(key);
                return null;
            });
        }
    }
}
