package org.azekura.api.message;

import java.util.List;
import java.util.Map;
import org.azekura.api.ApplianceId;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.driver.PublisherTrust;

/** What the backup server orders from a storage node. All are asked. */
public sealed interface NodeOrder extends Message {

    /**
     * Trust these certificates no longer; all of them are told each time. Answer: {@link Answer.Done}, when no connection with them is left.
     *
     * @param serials as {@link org.azekura.api.transport.Transport#distrust} takes them
     */
    record Distrust(List<String> serials) implements NodeOrder {}

    /**
     * Have this device: make or change its configuration and wait until its driver serves it. Answer: {@link Answer.Done}.
     *
     * @param settings by the names of the driver's metatype
     */
    record ConfigureDevice(DeviceName device, String driver, Map<String, String> settings) implements NodeOrder {}

    /**
     * Change some settings of this device while its jobs pause. It must prove itself with them, and hold the volumes of its pools; else it has those
     * before again. Answer: {@link Answer.Done}, minutes later where much goes on. Fails with {@code device.unknown}, {@code setting.unknown}, {@code
     * device.paused} if it pauses already, or with what the device said.
     *
     * @param set   by the names of the driver's metatype
     * @param unset settings that get their default
     */
    record ChangeDevice(DeviceName device, Map<String, String> set, List<String> unset) implements NodeOrder {}

    /** Forget this device; its media stay as they are. Answer: {@link Answer.Done}. */
    record RemoveDevice(DeviceName device) implements NodeOrder {}

    /**
     * Serve this pool from this device. Reads the label; on an empty device, or in a library on an empty cartridge, writes {@code newLabel} if there
     * is one. Answer: {@link Answer.VolumeReady}. Fails with {@code volume.foreign} if the label names another appliance or pool,
     * {@code volume.quarantined} if it cannot be read, {@code volume.unlabelled} if there is none and none is to be made.
     *
     * @param newLabel a whole label, signed by the server; null if none is to be made
     * @param keyRing  written beside a new label
     * @param copyOf   null: the pool's own volume; else the volume of that pool that lies for copies in the one of {@code within}, called {@code pool}
     *                 in orders
     * @param within   in whose volume it lies; null: it is the pool's own
     * @param barcode  of the cartridge that is to be the pool's first volume, in a library; null: the one that is, for a new one the first that is empty
     * @param spool    bytes of packs that may wait on the node's disk for tape, in a library; 0: none; less: as many as the node finds sensible
     * @param tapeSecret from which keys of its cartridges are made, in a library; null: not known. The node keeps it in memory only
     * @param sealsTape whether drives seal what is written with them
     * @param closed whether nothing new comes into it: its cartridges may be anywhere, and are written only if something there goes
     */
    record OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing, PoolName copyOf, PoolName within, Barcode barcode,
            long spool, byte[] tapeSecret, boolean sealsTape, boolean closed) implements NodeOrder {

        /** Opens the pool's own volume. */
        public OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing) {
            this(pool, device, appliance, newLabel, keyRing, null, null, null, -1);
        }

        /** With drives that seal nothing. */
        public OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing, PoolName copyOf, PoolName within, Barcode barcode,
                long spool) {
            this(pool, device, appliance, newLabel, keyRing, copyOf, within, barcode, spool, null, false, false);
        }

        /** The pool that the label names. */
        public PoolName labelled() {
            return copyOf == null ? pool : copyOf;
        }

        /** The pool whose medium this is. */
        public PoolName medium() {
            return within == null ? pool : within;
        }
    }

    /**
     * Stop serving this pool. Answer: {@link Answer.Done}.
     *
     * @param gone whether it is no pool any more: what waits for its cartridges is deleted, too
     */
    record ClosePool(PoolName pool, boolean gone) implements NodeOrder {

        /** It may be opened again. */
        public ClosePool(PoolName pool) {
            this(pool, false);
        }
    }

    /**
     * Load and check the volume for a job, and let this client use it. Answer: {@link Answer.VolumeReady}.
     *
     * @param client    who may use it
     * @param trustGroup whose chunks are known to this client; null: it may read every pack, by {@link StreamOpening.ReadPack} alone, and
     *                   not write
     * @param write     whether the client may add, else only read
     */
    record PrepareVolume(JobId job, PoolName pool, ClientName client, TrustGroup trustGroup, boolean write) implements NodeOrder {}

    /**
     * Dial this client, which may not dial the node; it opens a job that was prepared for it on that connection. Answer: {@link Answer.Done}
     * when it is reached.
     */
    record CallClient(ClientName client, Endpoint at) implements NodeOrder {}

    /**
     * What does the volume in this device say of itself? Nothing is written. Answer: {@link Answer.LabelFound}.
     *
     * @param pool that is open: the medium that it lies on is looked at, in a library a cartridge; null: the device as a whole
     */
    record ReadLabel(DeviceName device, PoolName pool) implements NodeOrder {

        /** Looks at the device as a whole. */
        public ReadLabel(DeviceName device) {
            this(device, null);
        }
    }

    /** Which volumes of other pools lie in this device for copies? Nothing is written. Answer: {@link Answer.CopyFolders}. */
    record ListCopies(DeviceName device) implements NodeOrder {}

    /** Which key ring lies on this pool's volume? Answer: {@link Answer.KeyRingFound}. */
    record ReadKeyRing(PoolName pool) implements NodeOrder {}

    /** Who stored these chunks? Answer: {@link Answer.Owners}. */
    record FindOwners(PoolName pool, List<ChunkId> chunks) implements NodeOrder {}

    /** How much room has this pool's volume? Answer: {@link Answer.Room}. */
    record MeasureRoom(PoolName pool) implements NodeOrder {}

    /** Write a snapshot's manifest on the volume. Answer: {@link Answer.Done}, when it is durable. */
    record StoreManifest(JobId job, PoolName pool, SnapshotId snapshot, byte[] manifest) implements NodeOrder {}

    /** Take a manifest off the volume again: its catalog transaction failed. Answer: {@link Answer.Done}. */
    record RemoveManifest(PoolName pool, SnapshotId snapshot) implements NodeOrder {}

    /**
     * Write a key ring on the volume, beside the older ones. Answer: {@link Answer.Done}, when it is durable; also if it is there already.
     * Fails with {@code keyring.other} if there is another ring of that number, {@code keyring.newer} if there is a newer one.
     */
    record StoreKeyRing(PoolName pool, byte[] keyRing) implements NodeOrder {}

    /**
     * Which of these chunks can't be read here? The packs of the others stay until the job ends. Answer: {@link Answer.Missing}.
     *
     * @param job one that a volume was prepared for, or a copy that {@link BeginCopy} has told of
     * @param trustGroup whose; of the job, unless that is a copy
     */
    record CheckChunks(JobId job, PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements NodeOrder {}

    /**
     * Where do these chunks lie? Of several places that one is named in which it is soonest read. Answer: {@link Answer.Located}.
     *
     * @param job that a volume was prepared for and whose client will read them: it gets each as it is sealed in the place that is named; null: none
     */
    record LocateChunks(JobId job, PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements NodeOrder {

        public LocateChunks(PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) {
            this(null, pool, trustGroup, chunks);
        }
    }

    /** On which cartridges does this pool lie, and where are they? Answer: {@link Answer.Cartridges}, without any if it is on no library. */
    record ListCartridges(PoolName pool) implements NodeOrder {}

    /**
     * Where on cartridges do these chunks lie? Answer: {@link Answer.OnCartridges}. The place of each is the one that {@link LocateChunks} names.
     *
     * @param chunks at most {@value #CHUNKS_ON_CARTRIDGES}
     */
    record LocateOnCartridges(PoolName pool, TrustGroup trustGroup, List<ChunkId> chunks) implements NodeOrder {}

    /** Bound of a {@link LocateOnCartridges}. */
    int CHUNKS_ON_CARTRIDGES = 8_192;

    /**
     * Have this cartridge in a drive: in which order are these packs read best from where the tape stands? Answer: {@link Answer.Recall}, a permutation.
     *
     * @param job     that reads them; until it says otherwise, or ends, others get the drive of this cartridge only if no other will do
     * @param instead a cartridge of which this job has read all that it wants, and whose drive is free for this; null: none
     * @param objects of {@link Answer.ChunkOnCartridge}, each once
     */
    record OrderRecall(JobId job, PoolName pool, VolumeId volume, VolumeId instead, List<Long> objects) implements NodeOrder {}

    /**
     * Read these packs and compare every checksum. Answer: {@link Answer.Verified}.
     *
     * @param indexOnly compare only size, index and trailer
     */
    record VerifyPacks(JobId job, PoolName pool, List<PackId> packs, boolean indexOnly) implements NodeOrder {}

    /**
     * Which chunks lie in this pack? Answer: {@link Answer.Located}, in the order in which they lie there, at most
     * {@value CheckBatch#MAX_CHUNKS} places; none behind the last and none if the pack is not known.
     *
     * @param from how many of them come before
     */
    record ListChunks(PoolName pool, PackId pack, int from) implements NodeOrder {}

    /**
     * Every chunk of this pack was opened, with keys that are not here. Answer: {@link Answer.Verified}.
     *
     * @param wrong those that are not what their ids say: they count as damaged until the content of the whole pack was looked at again; none:
     *              the pack is sound through and through
     */
    record NoteContent(JobId job, PoolName pool, PackId pack, List<ChunkId> wrong) implements NodeOrder {}

    /**
     * The next packs of this pool's volume, by id, at most {@value #PACKS_PER_PAGE}. Answer: {@link Answer.PackList}.
     *
     * @param after the last pack of the page before, null for the first page
     */
    record ListPacks(PoolName pool, PackId after) implements NodeOrder {}

    /** Bound of a {@link ListPacks} page. */
    int PACKS_PER_PAGE = 2_000;

    /**
     * Prune begins: the packs that are here now may go; what is written, known to a job or checked for one from here on stays until the
     * prune's job ends. Answer: {@link Answer.Done}; fails with {@code prune.running} if another prunes this pool, with {@code prune.recount} if
     * these counts can't be gone on with.
     *
     * @param since what {@link KeepCounts} called the counts that this prune goes on with, so that it tells changes only; 0: it tells all
     */
    record BeginPrune(JobId job, PoolName pool, long since) implements NodeOrder {

        /** Begins one that tells all. */
        public BeginPrune(JobId job, PoolName pool) {
            this(job, pool, 0);
        }
    }

    /**
     * One more live page refers to each of these chunks. Answer: {@link Answer.Missing}: those that are nowhere. Fails with {@code prune.recount}
     * as every order up to the first {@link SweepPacks} if the prune tells changes only and counts are found to be in doubt: it has to end
     * and another to begin that tells all.
     *
     * @param trustGroup whose
     */
    record MarkChunks(JobId job, TrustGroup trustGroup, List<ChunkId> chunks) implements NodeOrder {}

    /** One live page less refers to each of these chunks. Answer: {@link Answer.Done}. */
    record UnmarkChunks(JobId job, TrustGroup trustGroup, List<ChunkId> chunks) implements NodeOrder {}

    /**
     * Everything that changed is told. The node keeps the counts in memory for as long as it has the pool open. Answer: {@link Answer.Done}.
     *
     * @param counts their name for the next {@link BeginPrune}; not 0
     */
    record KeepCounts(JobId job, long counts) implements NodeOrder {}

    /**
     * Everything live is marked: how much of the next packs is alive? At most {@value #PACKS_PER_PAGE}, by id. Answer: {@link Answer.Swept}.
     *
     * @param after the last pack of the page before, null for the first page
     */
    record SweepPacks(JobId job, PackId after) implements NodeOrder {}

    /**
     * Copy what is alive in these packs to new ones, frame by frame as it is; each new pack is reported by {@link NodeReport.PackWritten}
     * under the prune's job. The old packs stay. Answer: {@link Answer.Packs}: those wholly copied; a pack with a frame that can't be
     * read is left as it is.
     *
     * @param packs all of them of data or all of tree pages; what is copied may be put together
     */
    record RewritePacks(JobId job, List<PackId> packs) implements NodeOrder {}

    /**
     * Write nothing more on this volume, though there may be room: another one follows it. One that is closed already stays so. Answer: {@link Answer.Done}; behind
     * what is being written. Fails with {@code volume.unknown}, {@code library.none} if the pool does not lie on cartridges of its own.
     */
    record ShutVolume(PoolName pool, VolumeId volume) implements NodeOrder {}

    /** How much of what lies on a pool's cartridges counts? Answer: {@link Answer.Uses}; without any if the pool lies on none. */
    record ListUses(PoolName pool) implements NodeOrder {}

    /**
     * One step of having a cartridge leave its pool: what counts there is copied to the cartridge that is written, and read back; in the last step the
     * cartridge is a member no more. Answer: {@link Answer.Leaves}; asked for one that has left already, too. Cut off anywhere, the pool has everything.
     * Fails with {@code volume.unknown}; {@code volume.written} if it is the one that is written, {@code volume.missing} if it is not known what lies on all
     * of the pool's, {@code media.none} if there is no room, {@code media.write} if copies are not read as they were written.
     *
     * @param job what could not be read for another one is tried again
     */
    record LeaveVolume(JobId job, PoolName pool, VolumeId volume) implements NodeOrder {}

    /**
     * A cartridge is a pool's no more, for an operator says that it is lost or can't be read, whatever counts there. Again it changes nothing. Answered {@link
     * Answer.Done} when the others say so. Fails with {@code volume.unknown}, {@code volume.stuck}, {@code media.none}.
     *
     * @param volume all zeros: that with the number, which nobody has seen
     * @param number within its set
     */
    record ForgetVolume(PoolName pool, VolumeId volume, int number) implements NodeOrder {}

    /**
     * Nothing more is to come on the cartridge that a pool is written on, if it is still this one: another follows it at once. Answer: {@link Answer.Done};
     * fails with {@code media.none} if there is no other: then it is written as before.
     */
    record CutVolume(PoolName pool, VolumeId volume) implements NodeOrder {}

    /**
     * Delete these packs. One that a job relies on stays, and one that has the only sound copy of something live. Answer: {@link
     * Answer.Packs}: those that are gone; their chunks are unknown.
     */
    record DropPacks(JobId job, List<PackId> packs) implements NodeOrder {}

    /**
     * One side of a copy of packs from node to node. Answer: {@link Answer.VolumeReady}. Beginning the same again changes nothing.
     *
     * @param pool   of this side
     * @param gives  whether packs go from here to the other side, else they come
     * @param peer   the only node that may be the other side; it may be this one
     * @param secret that who dials has to tell, 32 bytes
     */
    record BeginCopy(JobId job, PoolName pool, boolean gives, NodeName peer, byte[] secret) implements NodeOrder {}

    /**
     * Connect to the other side. Answer: {@link Answer.Done}; what {@code Transport.dial} throws if it can't be reached from here.
     *
     * @param pool  of this side
     * @param at    where the other side is
     * @param other its pool
     */
    record LinkCopy(JobId job, PoolName pool, Endpoint at, PoolName other) implements NodeOrder {}

    /**
     * Have these packs from the other side, byte for byte; each is reported by {@link NodeReport.PackWritten}. What is here already is not sent.
     * Answer: {@link Answer.Copied}.
     *
     * @param pool of this side, the one that takes
     * @param from the other side's
     */
    record CopyPacks(JobId job, PoolName pool, PoolName from, List<PackId> packs) implements NodeOrder {}

    /**
     * The job is over, however it ended: nobody uses the volume for it any more. Unfinished packs are dropped; finished ones
     * stay, and their chunks are known from now on, so that a job that was cut off is quickly done again. Answer:
     * {@link Answer.Done}.
     */
    record EndJob(JobId job) implements NodeOrder {}

    /** Which drivers are here? Answer: {@link Answer.Drivers}. */
    record ListDrivers() implements NodeOrder {}

    /**
     * Which drivers are here when the changes are over that have been ordered? Answer: {@link Answer.Drivers}, minutes later while one is under way. So
     * a server that has lost an answer learns what became of its order.
     */
    record SettleDrivers() implements NodeOrder {}

    /**
     * Install the driver whose package has come by {@link StreamOpening.BringPackage}, or put it in the place of the one that is here. Answer: {@link
     * Answer.DriverChanged}, minutes later where jobs have to pause. The package is forgotten, however it ends. Fails as {@link
     * org.azekura.api.driver.DriverInstaller} does, with {@code package.missing} if it did not come whole, {@code driver.fixed} where drivers can't
     * be changed.
     *
     * @param update whether one of its name must be here, else none
     */
    record ChangeDriver(String upload, boolean update, PublisherTrust trust) implements NodeOrder {}

    /**
     * Stop and forget a driver. Answer: {@link Answer.Done}. Fails with {@code driver.unknown}, {@code driver.used}.
     *
     * @param park whether devices may be configured for it: they stay so, and their jobs park
     */
    record RemoveDriver(String name, boolean park) implements NodeOrder {}

    /** Which devices are configured here, served or not? Answer: {@link Answer.Devices}. */
    record ListDevices() implements NodeOrder {}

    /** Does this device work? Answer: {@link Answer.Done}; fails with what the device says, {@code device.unserved}. */
    record TestDevice(DeviceName device) implements NodeOrder {}

    /**
     * Something with the cartridges of a library. It takes turns with jobs: a cartridge that one uses is taken from its drive only when all that was
     * written is on the tape, and the job fetches it again. Fails with {@code device.unserved}, {@code library.none} if the device is no library, what its
     * changer and drives say, {@code device.busy} if a job does not let go of a drive for minutes.
     */
    sealed interface OfLibrary extends NodeOrder {

        /** The library. */
        DeviceName device();
    }

    /** Where is everything? What the changer believes. Answer: {@link Answer.Elements}. */
    record ListElements(DeviceName device) implements OfLibrary {}

    /**
     * Where is everything? What was known of cartridges is looked at anew when it is needed. Answer: {@link Answer.Elements}.
     *
     * @param initialise whether the robot looks into every element, which may take many minutes
     */
    record Inventory(DeviceName device, boolean initialise) implements OfLibrary {}

    /**
     * Move a cartridge. One in a drive is unloaded first. Answer: {@link Answer.Done}. Fails with {@code changer.*}; the inventory tells where it is then.
     *
     * @param from address of an element
     * @param to   address of another one
     */
    record MoveMedium(DeviceName device, int from, int to) implements OfLibrary {}

    /**
     * What does this cartridge begin with? It is brought into a drive, and back. Answer: {@link Answer.CartridgeFound}. Fails with {@code volume.missing} if it
     * is in no slot and no drive.
     */
    record LookAtLabel(DeviceName device, Barcode barcode) implements OfLibrary {}

    /**
     * Read a stretch of this cartridge, block by block; some minutes of it. It stays in the drive until its end was met. Answer: {@link Answer.PassedThrough}. Fails as
     * {@link LookAtLabel}, and with {@code volume.quarantined} if it has no label.
     *
     * @param from where the stretch before ended; null: at the beginning
     */
    record ReadThrough(DeviceName device, Barcode barcode, Answer.Reached from) implements OfLibrary {}

    /**
     * Write this label on a cartridge that is blank or given up, and nothing else; on any other nothing is written. Answer: {@link Answer.CartridgeFound}, after the label
     * was read back. Fails as {@link LookAtLabel}, and with {@code volume.label} if it was not read back as it was written.
     *
     * @param pool  that the label names
     * @param label whole, signed by the server
     * @param overwrites the volume whose label may be on the cartridge still, for it is given up; null: the cartridge must be blank
     */
    record LabelCartridge(DeviceName device, PoolName pool, Barcode barcode, byte[] label, VolumeId overwrites) implements OfLibrary {

        /** On a blank one. */
        public LabelCartridge(DeviceName device, PoolName pool, Barcode barcode, byte[] label) {
            this(device, pool, barcode, label, null);
        }
    }

    /**
     * Clean this drive with a cleaning cartridge that is in a slot. Answer: {@link Answer.DriveCleaned}. Fails with {@code cleaning.none} if there is
     * none.
     *
     * @param drive its number
     * @param with  the cleaning cartridge; null: the first that is in a slot
     */
    record CleanDrive(DeviceName device, int drive, Barcode with) implements OfLibrary {

        /** With the first cleaning cartridge. */
        public CleanDrive(DeviceName device, int drive) {
            this(device, drive, null);
        }
    }

    /** Which drives can seal what they write? Moves nothing. Answer: {@link Answer.SealingDrives}. */
    record AskSealing(DeviceName device) implements OfLibrary {}

    /**
     * What may be done with the drives of a library from here on; drives that are not named are well. Holds until the next such order, also for a library
     * that is served later; a node that starts uses all of them until it hears this. Nothing is taken out of a drive because of it: what goes on there
     * ends as it would. Answer: {@link Answer.Done}.
     *
     * @param out     numbers of drives that get nothing any more
     * @param unclean numbers of drives that want to be cleaned before they get anything else
     */
    record UseDrives(DeviceName device, List<Integer> out, List<Integer> unclean) implements OfLibrary {

        public UseDrives {
            out = List.copyOf(out);
            unclean = List.copyOf(unclean);
        }
    }
}
