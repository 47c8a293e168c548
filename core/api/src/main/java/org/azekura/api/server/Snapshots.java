package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Snapshot;
import org.osgi.annotation.versioning.ProviderType;

/** Snapshots and what is in them. Safe for any number of threads. */
@ProviderType
public interface Snapshots {

    /**
     * Oldest first, without manifests.
     *
     * @param client null for all
     * @throws BackupException {@code client.unknown}
     */
    List<Snapshot> list(ClientName client) throws BackupException;

    /**
     * @param id 32 digits, or the first ones if they are enough to tell it from all others (at least 4)
     * @throws BackupException {@code snapshot.unknown}, {@code snapshot.ambiguous}
     */
    Snapshot find(String id) throws BackupException;

    /**
     * A page of a directory, by name; or the one entry if the path names no directory.
     *
     * @param path  absolute, as saved
     * @param after the last name of the page before, null for the first page
     * @param limit largest number of entries
     * @throws BackupException {@code snapshot.unknown}, {@code path.unknown}, {@code key.missing}
     */
    List<Listed> list(SnapshotId id, RawPath path, RawPath after, int limit) throws BackupException;

    /**
     * What a snapshot's manifest says only to who has the pool's key.
     *
     * @throws BackupException {@code snapshot.unknown}, {@code key.missing}
     */
    Details details(SnapshotId id) throws BackupException;

    /**
     * What was to be saved, and what of it was not.
     *
     * @param skipped paths that were left out or saved only in part; if there were very many, the last has an empty path and says how many more
     */
    record Details(List<RawPath> roots, List<Rule> rules, boolean oneFileSystem, List<PathProblem> skipped) {}

    /**
     * One entry of a directory.
     *
     * @param path  absolute
     * @param type  one of file, directory, symlink, fifo, socket, block, character
     * @param mode  permission bits, 0 to 07777
     * @param mtime  null of a directory that only leads to what was saved
     * @param target of a symbolic link, else null
     */
    record Listed(RawPath path, String type, long size, int mode, Instant mtime, String user, String group, RawPath target) {}
}
