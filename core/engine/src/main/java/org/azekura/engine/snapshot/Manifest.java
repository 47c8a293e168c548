package org.azekura.engine.snapshot;

import java.time.Instant;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;

/**
 * What a client says of a snapshot: what everybody may read, and the {@link Details} sealed.
 *
 * @param root      the tree of {@code /}
 * @param parent    the snapshot it was compared with, null if none
 * @param started   when the client began to collect, by its clock
 * @param ended     when it had sent everything, by its clock
 * @param files     entries that are not directories
 * @param bytes     sum of the sizes of regular files
 * @param session   what the snapshot's new chunks and its details are sealed with
 * @param sealedKey the session's key, sealed to the pool's epoch key
 * @param sealed    the details; {@link #with} puts them there
 */
public record Manifest(SnapshotId snapshot, JobId job, ClientName client, SaveSetName saveSet, PoolName pool, ChunkSizes chunkSizes,
        int compressionLevel, ChunkId root, SnapshotId parent, Instant started, Instant ended, long files, long bytes, long directories,
        SessionId session, byte[] sealedKey, byte[] sealed) {

    /** No encoded manifest is longer. */
    public static final int MAX_BYTES = 4 << 20;

    public Manifest {
        Objects.requireNonNull(snapshot);
        Objects.requireNonNull(root);
        if (files < 0 || bytes < 0 || directories < 0) {
            throw new IllegalArgumentException("a snapshot has no " + files + " files, " + bytes + " bytes, " + directories + " directories");
        }
    }

    /**
     * The same with these details, sealed.
     *
     * @param sealer of the manifest's session
     */
    public Manifest with(Details details, Sealer sealer) {
        byte[] now = sealer.sealDetails(snapshot, ManifestForm.clear(this), details.encoded());
        return new Manifest(snapshot, job, client, saveSet, pool, chunkSizes, compressionLevel, root, parent, started, ended, files, bytes,
                directories, session, sealedKey, now);
    }

    /**
     * What only holders of the pool's keys can read.
     *
     * @param key of the manifest's session
     * @throws BackupException {@code manifest.key} if it does not open them, {@code manifest.corrupt}
     */
    public Details details(SessionKey key) throws BackupException {
        return Details.parse(key.openDetails(snapshot, ManifestForm.clear(this), sealed));
    }

    /** @throws IllegalArgumentException if that takes more than {@link #MAX_BYTES} */
    public byte[] encoded() {
        return ManifestForm.encode(this);
    }

    /** @throws BackupException {@code manifest.corrupt} */
    public static Manifest parse(byte[] encoded) throws BackupException {
        return ManifestForm.decode(encoded);
    }
}
