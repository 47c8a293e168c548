package org.azekura.extract;

import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;

/** What anybody may know of a snapshot on a volume. {@code received}: when the server had everything. */
record Saved(SnapshotId id, Volume volume, String client, String saveSet, String pool, Instant received, long files, long bytes) {

    /** @throws BackupException if it is damaged */
    static Saved read(Volume volume, String name) throws BackupException {
        SignedManifest signed = SignedManifest.parse(volume.bytes(name, SignedManifest.MAX_BYTES));
        Manifest manifest = signed.verified();
        if (!name(manifest.snapshot()).equals(name)) {
            throw BackupException.corrupt("manifest.corrupt", name, volume.at(name) + " says it is snapshot " + manifest.snapshot());
        }
        return new Saved(manifest.snapshot(), volume, manifest.client().value(), manifest.saveSet().value(), manifest.pool().value(),
                signed.received(), manifest.files(), manifest.bytes());
    }

    private static String name(SnapshotId id) {
        return "snapshots/" + id;
    }

    /** The whole manifest: it may be large, so it is not kept. */
    Manifest manifest() throws BackupException {
        return SignedManifest.parse(volume.bytes(name(id), SignedManifest.MAX_BYTES)).verified();
    }
}
