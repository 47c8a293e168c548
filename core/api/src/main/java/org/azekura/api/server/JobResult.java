package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.azekura.api.ClientName;
import org.azekura.api.DrillTimes;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Proof;
import org.azekura.api.device.Barcode;

/** What came out of a job that was carried through, also where that was a failure on some or all of what it was about. */
public sealed interface JobResult {

    /**
     * @param snapshot null after a dry run
     * @param stored   bytes written on the volume
     * @param listed   what would be saved, after a dry run
     * @param pool     where it lies; null in what older versions wrote
     * @param detour   why not in the pool that it was meant for; null if it is there
     * @param copies   that were ordered with it
     */
    record Backup(SnapshotId snapshot, long files, long bytes, long stored, List<PathProblem> warnings, List<RawPath> listed, PoolName pool,
            String detour, List<OrderedCopy> copies) implements JobResult {

        public Backup {
            copies = copies == null ? List.of() : copies;
        }

        /** One that does not say where it lies. */
        public Backup(SnapshotId snapshot, long files, long bytes, long stored, List<PathProblem> warnings, List<RawPath> listed) {
            this(snapshot, files, bytes, stored, warnings, listed, null, null, List.of());
        }
    }

    /**
     * A copy that began its life with the snapshot that it is of.
     *
     * @param job that makes it
     */
    record OrderedCopy(PoolName to, JobId job) {}

    /**
     * @param notRestored exactly the files that are not at the target as they were saved, and why
     * @param lying       where all of it lies, if that is on cartridges
     * @param elsewhere   what came from other places than were meant, for it could not be read there
     */
    record Restore(long files, long bytes, List<PathProblem> notRestored, List<Snapshots.Lying> lying, List<Elsewhere> elsewhere) implements JobResult {

        public Restore {
            lying = lying == null ? List.of() : lying;
            elsewhere = elsewhere == null ? List.of() : elsewhere;
        }

        /** Of which all came from where it was meant to. */
        public Restore(long files, long bytes, List<PathProblem> notRestored, List<Snapshots.Lying> lying) {
            this(files, bytes, notRestored, lying, List.of());
        }

        /** What lies on no cartridges. */
        public Restore(long files, long bytes, List<PathProblem> notRestored) {
            this(files, bytes, notRestored, List.of());
        }
    }

    /**
     * What one pool gave to a restore because it could not be read in another.
     *
     * @param pool   in which it lies, or the copy of it
     * @param chunks that were read there
     * @param bytes  of their content
     */
    record Elsewhere(PoolName pool, long chunks, long bytes) {}

    /**
     * What a rehearsal of a restore showed.
     *
     * @param pool        that was read, or has the copy that was read
     * @param sample      null if it was all of the snapshot
     * @param chosen      files of the sample; of all, if there is none
     * @param ofFiles     files that the snapshot has; entries that are no directories
     * @param entries     restored and compared
     * @param differences in what is not as it was saved, or could not be read
     * @param differing   the first 100 of them
     * @param unproven    entries that nobody could compare
     * @param left        what they are and why, the first 100
     * @param notes       what the scratch place can't hold, and which cartridges were not there
     * @param kept        where what was compared last stays on the client, null if it does not
     */
    record Drill(Proof.Outcome outcome, SnapshotId snapshot, PoolName pool, JobOrder.DrillSample sample, long chosen, long ofFiles, long entries, long files, long bytes,
            long differences, List<PathProblem> differing, long unproven, List<PathProblem> left, List<String> notes, DrillTimes times, RawPath kept)
            implements JobResult {}

    /**
     * What was read while a snapshot was mounted.
     *
     * @param files how often a file was read from its beginning
     * @param bytes as often as they were read
     */
    record Mount(long files, long bytes) implements JobResult {}

    /**
     * @param snapshots that have a copy now and had none before
     * @param packs     that were written for them
     * @param bytes     of those packs
     * @param left      snapshots that could not be copied wholly
     * @param damaged   packs that were found damaged where they were to be copied from
     */
    record Copy(List<SnapshotId> snapshots, int packs, long bytes, List<LeftOut> left, List<Damage> damaged) implements JobResult {}

    /**
     * @param healed  packs that were damaged and have been repaired from another copy
     * @param records what lay beside the packs and was gone or damaged, and whether it has been laid down anew
     */
    record Verify(int packs, List<Damage> damaged, List<Damage> healed, List<Laid> records) implements JobResult {

        public Verify {
            records = records == null ? List.of() : records;
        }

        /** Where nothing beside packs was damaged. */
        public Verify(int packs, List<Damage> damaged, List<Damage> healed) {
            this(packs, damaged, healed, List.of());
        }
    }

    /**
     * What is no pack.
     *
     * @param blob    its name on the volume
     * @param what    was found, and what became of it
     * @param damaged whether it is so still
     */
    record Laid(PoolName pool, String blob, String what, boolean damaged) {}

    /**
     * @param files   in all snapshots that are back
     * @param pages   tree pages that were read
     * @param leftOut snapshots of which something is missing
     * @param warnings what people had laid down and is not in force, or not as it was
     */
    record Rebuild(List<PoolName> pools, int snapshots, long files, long pages, List<LeftOut> leftOut, List<String> warnings) implements JobResult {

        public Rebuild {
            warnings = warnings == null ? List.of() : warnings;
        }
    }

    /** @param snapshot null if its manifest cannot be read */
    record LeftOut(SnapshotId snapshot, String reason) {}

    /**
     * What a prune did, or would do.
     *
     * @param packs     that it looked at
     * @param dropped   of them, because nothing in them is alive
     * @param rewritten of them: what was alive in them is in new packs
     * @param kept      of them
     * @param freed     bytes of the packs that are gone
     * @param written   bytes of the new packs; 0 in a dry run
     * @param live      bytes alive in all of them
     * @param pages     tree pages that the server dropped
     * @param reasons   what happened to the packs and why
     * @param plans     the packs that go or are rewritten, at most 10,000
     */
    record Prune(boolean dryRun, int packs, int dropped, int rewritten, int kept, long freed, long written, long live, long pages,
            List<Reason> reasons, List<PackPlan> plans) implements JobResult {}

    /**
     * What media lock now.
     *
     * @param snapshots that were not locked there before, or not for so long
     * @param packs     whose lock was made or lengthened
     * @param left      snapshots that could not be locked wholly
     */
    record Lock(int snapshots, long packs, List<LeftOut> left) implements JobResult {

        public Lock {
            left = List.copyOf(left);
        }
    }

    /**
     * What expired.
     *
     * @param expired snapshots that are gone, oldest first, at most 10,000
     * @param count   of all of them
     * @param left    those that were to go and are there still
     */
    record Expire(List<Gone> expired, int count, List<LeftOut> left) implements JobResult {

        public Expire {
            expired = List.copyOf(expired);
            left = List.copyOf(left);
        }
    }

    /** A snapshot that is gone. @param received as it was known then */
    record Gone(SnapshotId snapshot, ClientName client, SaveSetName saveSet, PoolName pool, Instant received) {}

    /** @param action dropped, rewritten or kept */
    record Reason(String action, String why, int packs, long bytes, long live) {}

    /**
     * @param action dropped or rewritten
     * @param size   bytes of the whole pack
     * @param live   bytes in it that something needs
     */
    record PackPlan(PackId pack, PoolName pool, String action, String why, long size, long live) {}

    /**
     * @param driver its name; null if nobody could read it in the package
     * @param nodes  how it ended on each, in the order of the job
     */
    record Driver(Drivers.Kind kind, String driver, List<Drivers.Part> nodes) implements JobResult {

        public Driver {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param volume    the volume's label
     * @param snapshots those that need the pack
     * @param files     paths in them that are hit, as {@code SNAPSHOT:PATH}
     */
    record Damage(PackId pack, String volume, List<SnapshotId> snapshots, List<String> files, String what) {}

    /** What became of each cartridge that the job was about, in the order in which it came to them. */
    record Cartridges(List<Cartridge> cartridges) implements JobResult {

        public Cartridges {
            cartridges = List.copyOf(cartridges);
        }
    }

    /**
     * What became of one cartridge.
     *
     * @param barcode null if it has none that can be read
     * @param volume  the name of the volume on it, null if it is none
     * @param pool    of that volume, null with it
     * @param address of the element in which it is, -1 if it is in none
     * @param content what was met when it was read through; null if it was not
     */
    record Cartridge(Barcode barcode, String volume, PoolName pool, int address, Fate fate, String what, Content content) {

        public Cartridge(Barcode barcode, String volume, PoolName pool, int address, Fate fate, String what) {
            this(barcode, volume, pool, address, fate, what, null);
        }
    }

    /**
     * What was met on a cartridge that was read through, block by block.
     *
     * @param objects    blobs and deletions
     * @param bytes      of blocks that could be read
     * @param packs      that are whole
     * @param known      of these, that the catalog has on this volume
     * @param unknown    of these, that it has not: nobody needs them any more, or it has not heard of them
     * @param missing    packs that the catalog has on this volume, and that are not there as a whole
     * @param unreadable blocks that can't be read, or are not as they were written
     * @param gaps       how often another number came than the next
     * @param damage     for people, the first of it
     */
    record Content(long objects, long bytes, long packs, long known, long unknown, long missing, long unreadable, long gaps, List<String> damage) {

        public Content {
            damage = List.copyOf(damage);
        }
    }

    /** How it went with a cartridge. */
    enum Fate {
        /** The label was written, and read back. */
        LABELLED,
        /** It has a label of this pool already. */
        ALREADY,
        /** It has a label of another pool or appliance. */
        FOREIGN,
        /** It is a volume of another pool of this appliance, and was left alone. */
        OTHERS,
        /** It is needed no more: a pool has it labelled anew when it needs one. */
        SCRATCH,
        /** Nothing on it is needed, and it is kept for now. */
        EXPIRED,
        /** There is nothing on it. */
        BLANK,
        /** There is something on it that nobody knows: it is never written. */
        QUARANTINED,
        /** It is a cleaning cartridge, and was left alone. */
        CLEANING,
        MOVED, EXPORTED, IMPORTED,
        /** It is there, as the catalog has it. */
        FOUND,
        /** It was read through, and something on it is not as it was written, or not there. */
        DAMAGED,
        /** It was there, and is not any more. */
        MISSING,
        /** It was used to clean a drive. */
        CLEANED,
        /** What was to be done could not be. */
        FAILED;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether somebody has to look after it. */
        public boolean warns() {
            return switch (this) {
                case FOREIGN, QUARANTINED, DAMAGED, MISSING, FAILED -> true;
                case LABELLED, ALREADY, OTHERS, SCRATCH, EXPIRED, BLANK, CLEANING, MOVED, EXPORTED, IMPORTED, FOUND, CLEANED -> false;
            };
        }
    }
}
