package org.azekura.engine.volume;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.azekura.api.ApplianceId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;

/** One thing that a checkpoint says. They come in the order of the grammar: a head first, configuration, what is known of media and what was verified last. */
public sealed interface CheckpointItem permits CheckpointItem.Head, CheckpointItem.Volume, CheckpointItem.Client, CheckpointItem.Session,
        CheckpointItem.Pack, CheckpointItem.Snapshot, CheckpointItem.Deleted, CheckpointItem.Verified, ConfigurationItem, MediaItem {

    /**
     * The pool as a whole; once, first.
     *
     * @param written when, by the server's clock
     * @param lastJob the highest number of a job that made one of the snapshots, 0 without any
     * @param keyRing as the catalog has it
     */
    record Head(ApplianceId appliance, PoolName pool, Instant written, long lastJob, ChunkSizes chunkSizes, int compressionLevel,
            byte[] keyRing) implements CheckpointItem {

        public Head {
            Objects.requireNonNull(appliance);
            Objects.requireNonNull(pool);
            Objects.requireNonNull(written);
            Objects.requireNonNull(chunkSizes);
            check(lastJob >= 0, "last job " + lastJob);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Head h && appliance.equals(h.appliance) && pool.equals(h.pool) && written.equals(h.written)
                    && lastJob == h.lastJob && chunkSizes.equals(h.chunkSizes) && compressionLevel == h.compressionLevel
                    && Arrays.equals(keyRing, h.keyRing);
        }

        @Override
        public int hashCode() {
            return written.hashCode();
        }
    }

    /** @param barcode null without one */
    record Volume(VolumeId id, String name, String barcode) implements CheckpointItem {}

    /** @param signingKey Ed25519 public key in X.509 form, null before the client's first contact */
    record Client(ClientName name, TrustGroup trustGroup, byte[] signingKey) implements CheckpointItem {

        @Override
        public boolean equals(Object o) {
            return o instanceof Client c && name.equals(c.name) && trustGroup.equals(c.trustGroup) && Arrays.equals(signingKey, c.signingKey);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A session key, sealed to the pool's epoch key. */
    record Session(SessionId id, byte[] sealedKey) implements CheckpointItem {

        @Override
        public boolean equals(Object o) {
            return o instanceof Session s && id.equals(s.id) && Arrays.equals(sealedKey, s.sealedKey);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    /**
     * A pack and where it lies.
     *
     * @param job      that wrote it, 0 if that is not known
     * @param position only the driver understands it
     */
    record Pack(PackId id, boolean tree, long size, int chunks, VolumeId volume, String position, Instant writtenAt, long job)
            implements CheckpointItem {

        public Pack {
            check(size >= 0 && chunks >= 0 && job >= 0, "pack of " + size + " bytes, " + chunks + " chunks, job " + job);
        }
    }

    /**
     * A snapshot that was committed; its manifest lies on the volume.
     *
     * @param stored   bytes written for it
     * @param warnings paths that were not saved or only in part
     */
    record Snapshot(SnapshotId id, long stored, int warnings) implements CheckpointItem {

        public Snapshot {
            check(stored >= 0 && warnings >= 0, stored + " bytes, " + warnings + " warnings");
        }
    }

    /** A snapshot that was deleted: where its manifest is found all the same, it does not count. */
    record Deleted(SnapshotId id) implements CheckpointItem {}

    /** When a pack was read last, and found to be sound. */
    record Verified(PackId id, Instant at) implements CheckpointItem {}

    private static void check(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException("not in a checkpoint: " + what);
        }
    }
}
