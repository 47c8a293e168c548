package org.azekura.api.server;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.Barcode;
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
     * Of those that are wanted so many, the first ones behind a place; without manifests. They come by when they were stamped as received, then by id: what others read, come or go
     * meanwhile shifts nothing, and no more than a page of them is in memory.
     *
     * @param client null for all
     * @param after  null: from the first one on
     * @param limit  1 or more
     * @param until  those that were received then or later are not wanted; null: the latest are, too
     * @throws BackupException {@code client.unknown}
     */
    default Page page(ClientName client, Place after, int limit, Instant until, Predicate<Snapshot> wanted) throws BackupException {
        List<Snapshot> behind = list(client).stream().filter(one -> (after == null || Place.of(one).compareTo(after) > 0) && (until == null || one.received().isBefore(until)))
                .filter(wanted).sorted(Comparator.comparing(Place::of)).toList();
        List<Snapshot> rows = behind.subList(0, Math.min(limit, behind.size()));
        return new Page(rows, rows.size() == behind.size() ? null : Place.of(rows.getLast()));
    }

    /** @param next where the page behind this one begins; null if nothing is there */
    record Page(List<Snapshot> rows, Place next) {}

    /** Behind which snapshot a page begins. @param stamped when it was received, as it was stamped then: nothing that is learned later of the clock moves a place */
    record Place(Instant stamped, SnapshotId id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::stamped).thenComparing(Place::id);

        /** @param snapshot as the catalog has it */
        public static Place of(Snapshot snapshot) {
            return new Place(snapshot.received(), snapshot.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

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
     * Where the snapshot lies beside its own pool.
     *
     * @throws BackupException {@code snapshot.unknown}
     */
    default List<Copy> copies(SnapshotId id) throws BackupException {
        return List.of();
    }

    /**
     * A whole copy of a snapshot.
     *
     * @param pool    in whose volume it lies
     * @param node    that has it
     * @param job     that completed it
     * @param damaged whether parts of it were found damaged since
     */
    record Copy(PoolName pool, NodeName node, JobId job, Instant at, boolean damaged) {}

    /** How far apart the places are in which these snapshots lie. @param snapshots as they were listed */
    default Map<SnapshotId, Spread> spreads(Collection<Snapshot> snapshots) throws BackupException {
        return Map.of();
    }

    /**
     * Where parts of a snapshot lie, before they are restored: on which cartridges, and which of them are away. Needs the pool's key, and no drive.
     *
     * @param paths absolute, empty for everything
     * @throws BackupException {@code snapshot.unknown}, {@code path.unknown}, {@code key.missing}, {@code node.offline}
     */
    default List<Lying> where(SnapshotId id, List<RawPath> paths) throws BackupException {
        return List.of();
    }

    /**
     * What of them lies in one place.
     *
     * @param volume  the name on the label; null for packs that wait on the node's disk to be written to a cartridge
     * @param barcode null if it is no cartridge, or nobody can tell
     * @param place   for people; of a cartridge that is away: what would do
     * @param there   whether it can be read now
     * @param files   that have anything there
     * @param bytes   of their content that lie there
     * @param taking  null if nobody knows
     */
    record Lying(PoolName pool, NodeName node, String volume, Barcode barcode, String place, boolean there, long files, long bytes, Taking taking) {

        /** What is not known to take anything. */
        public Lying(PoolName pool, NodeName node, String volume, Barcode barcode, String place, boolean there, long files, long bytes) {
            this(pool, node, volume, barcode, place, there, files, bytes, null);
        }
    }

    /**
     * What reading it takes, about.
     *
     * @param waits seconds until the first byte; -1 if somebody has to bring it
     * @param cost  in millionths of the currency that the device's settings are in; 0 if nobody said that it costs anything
     * @param why   it is read there and not in another place, for people
     */
    record Taking(long waits, long cost, String why) {}

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
     * A page of what differs between two snapshots of one pool, in tree order, a directory before what is in it. A directory that differs only in
     * what is in it is not named.
     *
     * @param after the last path of the page before, null for the first page
     * @param limit largest number of paths
     * @throws BackupException {@code snapshot.unknown}, {@code snapshot.pools}, {@code key.missing}, {@code tree.*}
     */
    List<Difference> differences(SnapshotId before, SnapshotId now, RawPath after, int limit) throws BackupException;

    /** What became of a path. */
    record Difference(RawPath path, Change change) {}

    /** How an entry of a snapshot differs from that of the same path in another. */
    enum Change {
        ADDED, REMOVED,
        /** Other content: bytes of a file, target of a link, another type. */
        MODIFIED,
        /** The same content with other times, owners, permissions or extended attributes. */
        METADATA;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looks for names in all snapshots, those among them whose media are away. It asks an index that follows the catalog within seconds; what that
     * has not read yet is said.
     *
     * @param limit of versions; those of one path come together, whatever the limit
     * @throws BackupException {@code client.unknown} if one client is wanted, which is not there; {@code search.stale}, {@code names.*}
     */
    Found search(Wanted wanted, int limit) throws BackupException;

    /**
     * @param pattern a name, or with a slash a path from the root; {@code *} stands for any characters, {@code ?} for one
     * @param clients null for all
     * @param after   what the page before gave as {@link Found#next}; null for the first page
     */
    record Wanted(String pattern, boolean ignoreCase, Set<ClientName> clients, Bounds bounds, String after) {

        /** @param client null for all */
        public Wanted(String pattern, boolean ignoreCase, ClientName client) {
            this(pattern, ignoreCase, client == null ? null : Set.of(client), Bounds.NONE, null);
        }
    }

    /**
     * Which versions of a path are wanted.
     *
     * @param saveSet  null for all
     * @param below    the directory in which they are, at any depth; null for all
     * @param type     as in {@link Listed}; null for all
     * @param smallest bytes
     * @param largest  bytes
     * @param from     the earliest mtime; null for any. What has no mtime is left out if there is a bound for it
     * @param until    the mtime from which on they are not wanted; null for any
     */
    record Bounds(SaveSetName saveSet, RawPath below, String type, long smallest, long largest, Instant from, Instant until) {

        public static final Bounds NONE = new Bounds(null, null, null, 0, Long.MAX_VALUE, null, null);
    }

    /**
     * A page. Within it versions are in order; from one page to the next they are in none.
     *
     * @param versions by client, save set and path, oldest first
     * @param next     what to give as {@link Wanted#after} for the next page; null if everything was looked at. A page may have few versions, or none,
     *                 and be followed by others
     * @param closed   pools that could not be searched: their key is not here
     * @param problems directories that could not be read, a hundred at most
     * @param unread   snapshots that the index of names has not read yet; what only they have is not here
     * @param all      snapshots in which was searched, those among them
     */
    record Found(List<Version> versions, String next, List<PoolName> closed, List<PathProblem> problems, int unread, int all) {}

    /**
     * A path that stayed the same from one snapshot of a save set to a later one.
     *
     * @param type      as in {@link Listed}
     * @param first     the first snapshot that has it so
     * @param last      the last one
     * @param snapshots how many have it so
     */
    record Version(RawPath path, String type, long size, Instant mtime, ClientName client, SaveSetName saveSet, SnapshotId first,
            SnapshotId last, int snapshots) {}

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
