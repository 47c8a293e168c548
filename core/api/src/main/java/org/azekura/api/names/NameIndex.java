package org.azekura.api.names;

import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows which paths were in which snapshots. Published as an OSGi service beside the catalog store. It holds nothing that is not in the trees: it
 * may lose all of a pool at any time, and whoever fills it finds out by {@link #lines} and fills it again. Names are secret: what is kept of a pool
 * is for the appliance's user alone, apart from other pools, and gone from the folder once {@link #drop} returns.
 *
 * <p>Safe for any number of threads; those that change one pool take turns. A call of one pool must not be made within {@link #search} of it.
 * Methods throw {@code names.*} if the store fails; what they changed is there whole or not at all. After a power loss the latest changes may be
 * undone, in the order in which they were made.
 */
@ConsumerType
public interface NameIndex {

    /** Of which there is something, be it unreadable. */
    Set<PoolName> pools() throws BackupException;

    /** What is known of a pool; nothing if there is none, or what was there is damaged or of another version. */
    List<NameLine> lines(PoolName pool) throws BackupException;

    /**
     * Adds what differs between a snapshot and the one that its line knew last. A snapshot comes in parts, in the order of the walk, and counts with
     * its last one.
     *
     * @param problems directories that could not be read; kept with the line
     */
    void add(PoolName pool, NameDay day, List<NameChange> changes, List<PathProblem> problems) throws BackupException;

    /** Snapshots that are no more; those that are not known are no error. In bounded time, {@link #sweep} makes room. */
    void forget(PoolName pool, Set<SnapshotId> snapshots) throws BackupException;

    /** Forgets all of a line, so that it can be added anew. One that is not known is no error. */
    void forget(PoolName pool, ClientName client, SaveSetName saveSet) throws BackupException;

    /**
     * Takes away a part of what no snapshot has any more, if it is worth it.
     *
     * @return whether to call it again
     */
    boolean sweep(PoolName pool) throws BackupException;

    /** Takes all of a pool away; nothing of it is in the folder afterwards. Searches that have begun fail. */
    void drop(PoolName pool) throws BackupException;

    /**
     * Looks for names. The order is the same as long as nothing is added, and has no meaning.
     *
     * @return null if everything was looked at; else what to give as {@link NameQuery#after} to go on
     * @throws BackupException {@code search.stale} if the pool was dropped since {@code after} was given out; what the visitor throws
     */
    String search(PoolName pool, NameQuery query, NameVisitor visitor) throws BackupException;
}
