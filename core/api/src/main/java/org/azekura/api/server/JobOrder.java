package org.azekura.api.server;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Hooks;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SnapshotId;
import org.azekura.api.StreamSource;
import org.azekura.api.device.Barcode;

/** What somebody wants done. */
public sealed interface JobOrder {

    /**
     * @param client  whose data it is; null: the client of this host
     * @param pool    null: where the client's backups go, else the only pool, or {@code default}
     * @param saveSet what is saved; without roots, where there is neither a stream nor a dump: the save set that is kept under this name
     * @param stream  what is saved instead of roots, of which there are none then; null: the save set has roots
     * @param dryRun  only name what would be saved; not with a stream or a dump, and without hooks
     * @param only    whether no other pool of the group may stand in
     * @param limit   bytes a second at most; 0 without a limit of its own
     * @param via     the client that collects; null: {@code client} itself
     * @param hooks   that it calls
     * @param copyTo  pools that get a copy of the snapshot; the copies are ordered with its commit, whatever becomes of who ordered it
     */
    record Backup(ClientName client, PoolName pool, SaveSet saveSet, StreamSource stream, boolean dryRun, boolean only, long limit, ClientName via,
            Hooks hooks, List<PoolName> copyTo) implements JobOrder {

        public Backup {
            hooks = hooks == null ? Hooks.NONE : hooks;
            copyTo = copyTo == null ? List.of() : List.copyOf(copyTo);
        }

        /** One without copies. */
        public Backup(ClientName client, PoolName pool, SaveSet saveSet, StreamSource stream, boolean dryRun, boolean only, long limit, ClientName via,
                Hooks hooks) {
            this(client, pool, saveSet, stream, dryRun, only, limit, via, hooks, List.of());
        }

        /** What the client itself collects, without hooks, as fast as it can. */
        public Backup(ClientName client, PoolName pool, SaveSet saveSet, StreamSource stream, boolean dryRun) {
            this(client, pool, saveSet, stream, dryRun, false, 0, null, Hooks.NONE);
        }

        /** The same with all that it left open. */
        public Backup completed(ClientName whose, SaveSet what, ClientName collector, Hooks with) {
            return new Backup(whose, pool, what, stream, dryRun, only, limit, collector, with, copyTo);
        }

        /** The same with copies of its snapshot in these pools. */
        public Backup copied(List<PoolName> to) {
            return new Backup(client, pool, saveSet, stream, dryRun, only, limit, via, hooks, to);
        }
    }

    /**
     * @param paths  absolute, as saved; empty for all
     * @param client who restores; null: the client whose snapshot it is
     * @param target an absolute directory on that client
     * @param dryRun   change nothing, name what would not be restored; without hooks
     * @param fromCopy the pool whose copy is read; null: the nearest of the places that are served
     * @param limit    bytes a second at most; 0 without a limit of its own
     * @param from     whose data it is; null: who the snapshot says
     * @param hooks    that the restoring client calls; no dump
     * @param thaw     how soon what lies in an archive is wanted; null: as the pool is set
     */
    record Restore(SnapshotId snapshot, List<RawPath> paths, ClientName client, RawPath target, Overwrite overwrite, boolean dryRun,
            PoolName fromCopy, long limit, ClientName from, Hooks hooks, Thaw thaw) implements JobOrder {

        public Restore {
            hooks = hooks == null ? Hooks.NONE : hooks;
        }

        /** One that says nothing of an archive. */
        public Restore(SnapshotId snapshot, List<RawPath> paths, ClientName client, RawPath target, Overwrite overwrite, boolean dryRun, PoolName fromCopy, long limit,
                ClientName from, Hooks hooks) {
            this(snapshot, paths, client, target, overwrite, dryRun, fromCopy, limit, from, hooks, null);
        }

        /** One as most are. */
        public Restore(SnapshotId snapshot, List<RawPath> paths, ClientName client, RawPath target, Overwrite overwrite, boolean dryRun) {
            this(snapshot, paths, client, target, overwrite, dryRun, null, 0, null, Hooks.NONE);
        }

        /** The same with all that it left open. */
        public Restore completed(SnapshotId id, ClientName to, ClientName whose) {
            return new Restore(id, paths, to, target, overwrite, dryRun, fromCopy, limit, whose, hooks, thaw);
        }
    }

    /**
     * Rehearses a restore: into a scratch place that the client chooses, compared there, and removed.
     *
     * @param client   who rehearses; null: the client whose snapshot it is
     * @param from     whose data it is; null: who the snapshot says
     * @param fromCopy the pool whose copy is read; null: what is soonest read
     * @param sample   null for all of the snapshot
     * @param keep     whether what was compared last stays, for people to look at, until the client's next start
     * @param thaw     how soon what lies in an archive is wanted; null: nothing is asked of an archive, which may cost money
     */
    record Drill(SnapshotId snapshot, ClientName client, ClientName from, PoolName fromCopy, DrillSample sample, boolean keep, Thaw thaw) implements JobOrder {

        /** One that asks nothing of an archive. */
        public Drill(SnapshotId snapshot, ClientName client, ClientName from, PoolName fromCopy, DrillSample sample, boolean keep) {
            this(snapshot, client, from, fromCopy, sample, keep, null);
        }

        /** The same with all that it left open. @param seed of its sample, if that has none */
        public Drill completed(SnapshotId id, ClientName to, ClientName whose, long seed) {
            return new Drill(id, to, whose, fromCopy, sample == null || sample.seed() != 0 ? sample : sample.with(seed), keep, thaw);
        }
    }

    /**
     * Which part of a snapshot is rehearsed: files by number, and with them some of the largest and of the smallest. The same seed chooses the same files of the same snapshot.
     *
     * @param perMillion of all files, 1 to 1,000,000; 0 if {@code files} says how many
     * @param files      0 if {@code perMillion} says which part
     * @param seed       0: the server chooses one
     */
    record DrillSample(int perMillion, int files, long seed) {

        public static final int ALL = 1_000_000;

        /** The same with this seed. */
        public DrillSample with(long other) {
            return new DrillSample(perMillion, files, other);
        }
    }

    /**
     * A file system of a snapshot, for a command on a client's host; ends with it.
     *
     * @param client on whose host; null: the client of this host
     * @param stream the number that this client gave the command; good for one job
     */
    record Mount(SnapshotId snapshot, ClientName client, long stream) implements JobOrder {}

    /**
     * Reads parts of a snapshot for somebody who keeps them as a file; ends with him.
     *
     * @param paths  that he gets, absolute, as saved
     * @param client that reads them for him
     * @param stream see {@link org.azekura.api.content.Content#stream}
     */
    record Download(SnapshotId snapshot, List<RawPath> paths, ClientName client, long stream) implements JobOrder {

        public Download {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Copies snapshots that have no copy there yet into another pool's volume. Exactly one of pool and snapshot is not null.
     *
     * @param to   another pool than that of the snapshots
     * @param pool all of its snapshots
     */
    record Copy(PoolName to, PoolName pool, SnapshotId snapshot) implements JobOrder {}

    /**
     * At most one of pool, snapshot and volume is not null; all are null for every pool. Where there is a budget, what was not verified for the
     * longest time comes first.
     *
     * @param bytes   that it may read, about; 0: as much as there is
     * @param seconds that it may take, about; 0: as long as it takes
     * @param volume  by its name or its barcode: only what lies there
     */
    record Verify(PoolName pool, SnapshotId snapshot, Depth depth, long bytes, long seconds, String volume) implements JobOrder {

        /** Of no certain volume. */
        public Verify(PoolName pool, SnapshotId snapshot, Depth depth, long bytes, long seconds) {
            this(pool, snapshot, depth, bytes, seconds, null);
        }
    }

    /**
     * Looks at these packs, every byte of them, and has those that are damaged or gone repaired from whatever copy has them. Ordered by the appliance itself where it
     * meets damage while it does something else.
     *
     * @param pool  in which they are damaged; that of copies, too
     * @param packs at least one, at most {@value #MAX_PACKS}
     */
    record Heal(PoolName pool, List<PackId> packs) implements JobOrder {

        public static final int MAX_PACKS = 10_000;

        public Heal {
            packs = List.copyOf(packs);
        }
    }

    /** How much of a pack is looked at. */
    enum Depth {
        /** That it is there, of its size, with an index that agrees with what is known. */
        INDEX,
        /** Every byte of it, by its checksums. */
        CHECKSUMS,
        /** And every chunk of it opened and compared with its id: needs the pool's key, and a client that opens them. */
        CONTENT
    }

    /**
     * Returns the space of what no snapshot needs any more.
     *
     * @param pool   null for every pool
     * @param dryRun only name what would go
     * @param early  also what its device has paid for still, whether it is there or not
     */
    record Prune(PoolName pool, boolean dryRun, boolean early) implements JobOrder {

        /** One that deletes nothing for which money goes on. */
        public Prune(PoolName pool, boolean dryRun) {
            this(pool, dryRun, false);
        }
    }

    /**
     * Deletes the snapshots that no rule wants any more.
     *
     * @param policy only those in which it has a say; null for all
     */
    record Expire(PolicyName policy) implements JobOrder {}

    /**
     * Has media lock what the lock of a pool keeps there: its own snapshots, and copies of others. Ordered by the appliance itself when something has come that is to
     * be locked.
     */
    record Lock(PoolName pool) implements JobOrder {}

    /**
     * Makes a lost catalog anew.
     *
     * @param from folders with volumes, as the storage node sees them (absolute), or barcodes of cartridges in libraries that it serves
     */
    record Rebuild(List<String> from) implements JobOrder {}

    /**
     * Changes a driver on storage nodes, one after the other. Ordered by {@link Drivers} alone.
     *
     * @param driver  its name as the package says, unverified; null if it says none
     * @param version that the package brings, as unverified; null if it says none, and for a removal
     * @param nodes   in their order
     * @param by      who wants it, for the log
     * @param park    whether a removal may leave devices behind, whose jobs park
     * @param change  under this the run of the server that took it up knows its package, and no later one does
     */
    record Driver(Drivers.Kind kind, String driver, String version, List<NodeName> nodes, boolean park, String by, String change) implements JobOrder {

        public Driver {
            nodes = List.copyOf(nodes);
        }
    }

    /** Something with the cartridges of libraries. */
    sealed interface OfLibrary extends JobOrder {}

    /**
     * Finds out where everything is, and brings the catalog in step with it.
     *
     * @param node       null: the one that has the library
     * @param initialise whether the robot looks into every element
     */
    record Inventory(DeviceName library, NodeName node, boolean initialise) implements OfLibrary {}

    /**
     * Moves one cartridge.
     *
     * @param from address of its element, or its barcode, or the name of its volume
     * @param to   address of an element, {@code slot} or {@code mail} for a free one of these, {@code drive:N} for a drive by its number
     */
    record Move(DeviceName library, NodeName node, String from, String to) implements OfLibrary {}

    /**
     * Writes labels on blank cartridges of the library that the pool lies in. What is not blank is never written.
     *
     * @param barcodes none: every cartridge there that is not in a mail slot
     */
    record Label(PoolName pool, List<Barcode> barcodes) implements OfLibrary {

        public Label {
            barcodes = List.copyOf(barcodes);
        }
    }

    /**
     * Looks what cartridges begin with.
     *
     * @param volumes barcodes or names of volumes
     * @param deep    whether they are read through, block by block
     */
    record Scan(List<String> volumes, boolean deep) implements OfLibrary {

        public Scan {
            volumes = List.copyOf(volumes);
        }

        public Scan(List<String> volumes) {
            this(volumes, false);
        }
    }

    /**
     * Brings cartridges to mail slots.
     *
     * @param volumes barcodes or names of volumes
     * @param to      where they will be, for people, like {@code bank safe}; null if that was not said
     */
    record Export(List<String> volumes, String to) implements OfLibrary {

        public Export {
            volumes = List.copyOf(volumes);
        }
    }

    /** Takes what lies in mail slots into free slots, and looks at the labels of cartridges that nobody knows. */
    record Import(DeviceName library, NodeName node) implements OfLibrary {}

    /**
     * Has cartridges leave their pools, however much of what is on them is needed: that is copied to others first.
     *
     * @param volumes barcodes or names of volumes
     */
    record Repack(List<String> volumes) implements OfLibrary {

        public Repack {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * Gives up a cartridge that is lost, or on which something can't be read: its pool goes on without it. What can be read is copied first.
     *
     * @param volume by its name or its barcode; or the name of one that was labelled and that nobody has seen since
     * @param why    for people
     * @param lost   whether what counts there may be lost; else it is refused then
     */
    record Forget(String volume, String why, boolean lost) implements OfLibrary {}

    /**
     * Cleans a drive.
     *
     * @param drive its number
     */
    record Clean(DeviceName library, NodeName node, int drive) implements OfLibrary {}
}
