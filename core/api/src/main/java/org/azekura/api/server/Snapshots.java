package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
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
     * Deletes a snapshot: its manifest from the medium, then its row. Its data stay until a prune, and while a job relies on them.
     *
     * @throws BackupException {@code snapshot.unknown}; {@code node.offline}, {@code device.*} and the like: it is there still, or deleting
     *                         it again completes it
     */
    void delete(SnapshotId id) throws BackupException;

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
