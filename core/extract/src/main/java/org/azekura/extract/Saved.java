package org.azekura.extract;

import java.nio.file.Path;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;

/** What anybody may know of a snapshot on a volume. {@code received}: when the server had everything. */
record Saved(SnapshotId id, Path file, String client, String saveSet, String pool, Instant received, long files, long bytes) {

    /** @throws BackupException if it is damaged */
    static Saved read(Path file) throws BackupException {
        SignedManifest signed = SignedManifest.parse(Volume.bytes(file, SignedManifest.MAX_BYTES));
        Manifest manifest = signed.verified();
        if (!manifest.snapshot().toString().equals(file.getFileName().toString())) {
            throw BackupException.corrupt("manifest.corrupt", file.toString(), file + " says it is snapshot " + manifest.snapshot());
        }
        return new Saved(manifest.snapshot(), file, manifest.client().value(), manifest.saveSet().value(), manifest.pool().value(),
                signed.received(), manifest.files(), manifest.bytes());
    }

    /** The whole manifest: it may be large, so it is not kept. */
    Manifest manifest() throws BackupException {
        return SignedManifest.parse(Volume.bytes(file, SignedManifest.MAX_BYTES)).verified();
    }
}
