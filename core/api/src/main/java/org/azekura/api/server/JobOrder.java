package org.azekura.api.server;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SnapshotId;
import org.azekura.api.StreamSource;

/** What somebody wants done. */
public sealed interface JobOrder {

    /**
     * @param client null: the client of this host
     * @param pool   null: the only pool, or {@code default}
     * @param stream what is saved instead of roots, of which there are none then; null: the save set has roots
     * @param dryRun only name what would be saved; not with a stream
     */
    record Backup(ClientName client, PoolName pool, SaveSet saveSet, StreamSource stream, boolean dryRun) implements JobOrder {}

    /**
     * @param paths  absolute, as saved; empty for all
     * @param client who restores; null: the client whose snapshot it is
     * @param target an absolute directory on that client
     * @param dryRun change nothing, name what would not be restored
     */
    record Restore(SnapshotId snapshot, List<RawPath> paths, ClientName client, RawPath target, Overwrite overwrite, boolean dryRun)
            implements JobOrder {}

    /** Exactly one of them is not null, or both are null for every pool. */
    record Verify(PoolName pool, SnapshotId snapshot) implements JobOrder {}

    /**
     * Makes a lost catalog anew.
     *
     * @param from folders with volumes, as the storage node sees them
     */
    record Rebuild(List<String> from) implements JobOrder {}
}
