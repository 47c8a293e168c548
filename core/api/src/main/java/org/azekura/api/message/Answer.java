package org.azekura.api.message;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.ChunkId;
import org.azekura.api.DeviceName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.Position;
import org.azekura.api.driver.InstalledDriver;

/** What comes back to who asked. */
public sealed interface Answer extends Message {

    /** It is done, and durable where that matters. */
    record Done() implements Answer {}

    /**
     * To {@link ClientReport.Hello} and {@link NodeReport.Hello}.
     *
     * @param ticketKey Ed25519 public key (X.509 form) that signs {@link Ticket}s
     * @param now       by the server's count, in which tickets have their times
     */
    record Welcome(ApplianceId appliance, byte[] ticketKey, Instant now) implements Answer {}

    /** To {@link HostReport.Renew}: the new certificate, DER. */
    record Certificate(byte[] certificate) implements Answer {}

    /**
     * A volume can be used.
     *
     * @param label    the name written on it
     * @param location for people
     * @param used     bytes of packs on it
     * @param capacity bytes, -1 without a bound
     * @param barcode  of the cartridge; null if it is none, or has none
     * @param members  where it is the first of several cartridges: all of them as far as the node knows, itself included; else empty
     */
    record VolumeReady(VolumeId volume, String label, String location, long used, long capacity, Barcode barcode, List<Member> members)
            implements Answer {

        public VolumeReady {
            members = List.copyOf(members);
        }

        /** The only volume of its pool. */
        public VolumeReady(VolumeId volume, String label, String location, long used, long capacity, Barcode barcode) {
            this(volume, label, location, used, capacity, barcode, List.of());
        }

        /** A volume that is no cartridge. */
        public VolumeReady(VolumeId volume, String label, String location, long used, long capacity) {
            this(volume, label, location, used, capacity, null);
        }
    }

    /**
     * One cartridge of several on which a pool lies.
     *
     * @param number   within its set, from 1
     * @param label    the name written on it
     * @param barcode  null if it has none
     * @param location where it is, for people; null if it is not in the library
     * @param state    as {@link NodeReport.VolumeState} has it
     * @param why      for people; null: nothing is to be said
     * @param used     bytes of packs on it
     * @param capacity bytes, -1 if nobody knows
     */
    record Member(VolumeId volume, int number, String label, Barcode barcode, String location, String state, String why, long used, long capacity) {}

    /**
     * To {@link NodeReport.VolumeWanted}.
     *
     * @param barcode of the cartridge to take, which is in the library; null: any one that is blank and none of those that were refused
     * @param label   a whole label, signed by the server, that says its set and its number, and the cartridge's barcode if one is chosen. Its number is
     *                the one that counts: it is higher than the one asked for where the catalog knows of volumes that the node does not
     * @param overwrites the volume whose label is on the cartridge still and that is given up; null: the cartridge must be blank, or have this very
     *                   label already
     */
    record VolumeChosen(Barcode barcode, byte[] label, VolumeId overwrites) implements Answer {

        /** A cartridge that is blank, or has this very label. */
        public VolumeChosen(Barcode barcode, byte[] label) {
            this(barcode, label, null);
        }
    }

    /** The folders of volumes that lie in a device for copies, below it. */
    record CopyFolders(List<String> folders) implements Answer {}

    /** First frame on a stream of {@link StreamOpening.SendPack}: how many bytes follow, -1 if the pack is not there. */
    record PackSize(long bytes) implements Answer {}

    /**
     * @param packs durable here now
     * @param not   the others
     */
    record Copied(List<PackId> packs, List<NotCopied> not) implements Answer {}

    /** A pack that did not come as it was written, and why. */
    record NotCopied(PackId pack, String why) {}

    /** A label as it was found, 4096 bytes; null if there is none. */
    record LabelFound(byte[] label) implements Answer {}

    /** The newest key ring that can be read; null if there is none. */
    record KeyRingFound(byte[] keyRing) implements Answer {}

    /** Whose the chunks are that somebody stored; one that several stored comes as often. */
    record Owners(List<Owner> owners) implements Answer {}

    /** One who stored a chunk. */
    record Owner(ChunkId chunk, TrustGroup group) {}

    /** What can still be written on a volume, in bytes; -1 without a bound. */
    record Room(long free) implements Answer {}

    /**
     * Which of the chunks asked for are known, in the order of the question.
     *
     * @param bits bit i (of byte i / 8, lowest first) is set if the i-th is known
     */
    record Known(byte[] bits) implements Answer {
        public boolean test(int i) {
            return (bits[i >> 3] >> (i & 7) & 1) != 0;
        }
    }

    /** The chunks that are not there. */
    record Missing(List<ChunkId> chunks) implements Answer {}

    /**
     * Where chunks lie, in the order in which the device reads them best.
     *
     * @param missing those that are nowhere
     */
    record Located(List<ChunkPlace> places, List<ChunkId> missing) implements Answer {}

    /** Where one chunk lies, and which session sealed it. */
    record ChunkPlace(ChunkId chunk, PackId pack, SessionId session) {}

    /**
     * The cartridges that a pool lies on, by number.
     *
     * @param drives of its library; 0 if it is on none
     */
    record Cartridges(int drives, List<Cartridge> cartridges) implements Answer {}

    /**
     * One of them.
     *
     * @param number  within the pool, from 1
     * @param label   the name written on it
     * @param barcode null if nobody can tell
     * @param place   for people: {@code slot 1003 of lib1}; of one that is not there: what would do
     * @param there   whether it can be read now
     * @param other   what has its barcode instead of it begins with, for people; null if that is not known
     */
    record Cartridge(VolumeId volume, int number, String label, Barcode barcode, String place, boolean there, String other) {}

    /** Without chunks that are nowhere. */
    record OnCartridges(List<ChunkOnCartridge> chunks) implements Answer {}

    /**
     * Where one chunk lies.
     *
     * @param volume that it is on; null if its pack waits on the node's disk to be written
     * @param object of the pack on it: orders packs as they lie
     * @param offset of its frame in the pack
     * @param length of the frame
     */
    record ChunkOnCartridge(ChunkId chunk, VolumeId volume, long object, int offset, int length) {}

    /** To {@link NodeOrder.OrderRecall}. */
    record Recall(List<Long> objects) implements Answer {}

    /**
     * Comes back on a data stream that stores: so many of its frames, from the first on, are durable, and the catalog knows
     * where. Told again when there are more.
     */
    record Durable(long frames) implements Answer {}

    /** Everything a job sent is durable. {@code stored}: bytes it added to the volume. */
    record Flushed(long stored) implements Answer {}

    /**
     * Packs by id; empty behind the last.
     *
     * @param sessions that sealed their chunks, each once
     */
    record PackList(List<PackOnVolume> packs, List<NodeReport.PackSession> sessions) implements Answer {}

    /**
     * A pack as the volume has it.
     *
     * @param writtenAt when it was durable, as far as the device knows
     * @param volume    on which it lies; null: on the pool's first one, or on none yet
     */
    record PackOnVolume(PackId pack, boolean tree, String position, long size, int chunks, Instant writtenAt, VolumeId volume) {

        /** One on the only volume of its pool. */
        public PackOnVolume(PackId pack, boolean tree, String position, long size, int chunks, Instant writtenAt) {
            this(pack, tree, position, size, chunks, writtenAt, null);
        }
    }

    /** To {@link NodeOrder.RewritePacks} and {@link NodeOrder.DropPacks}. */
    record Packs(List<PackId> packs) implements Answer {}

    /** Packs that may go, by id; empty behind the last. */
    record Swept(List<PackUse> packs) implements Answer {}

    /**
     * How much of a pack is alive.
     *
     * @param size       bytes of the whole pack
     * @param liveChunks that something live refers to, and that are not better had elsewhere
     * @param liveBytes  of their frames
     * @param pinned     a running job relies on it
     * @param whole      all of its chunks are known; else nobody can say what is alive
     */
    record PackUse(PackId pack, boolean tree, long size, int chunks, int liveChunks, long liveBytes, boolean pinned, boolean whole) {}

    /**
     * To {@link NodeOrder.ListUses}.
     *
     * @param volumes by number
     * @param left    those that were the pool's and are not any more; nothing on them is needed
     */
    record Uses(List<VolumeUse> volumes, List<Left> left) implements Answer {

        public Uses {
            volumes = List.copyOf(volumes);
            left = List.copyOf(left);
        }
    }

    /**
     * A volume that is none of its pool's any more.
     *
     * @param label   the name written on it; null if nobody knows
     * @param barcode of the cartridge that still has its label, as far as it was looked at; null if none is known
     */
    record Left(VolumeId volume, String label, Barcode barcode) {}

    /**
     * How much of a cartridge counts.
     *
     * @param closed  whether others follow it and it is known what lies there, so that it can leave
     * @param suspect whether its node found that it does not end where it should
     * @param packs   that count and lie there
     * @param live    bytes of all that counts and lies there
     * @param used    bytes up to its end; -1 if nobody knows
     */
    record VolumeUse(VolumeId volume, int number, boolean closed, boolean suspect, long packs, long live, long used) {}

    /**
     * What one {@link NodeOrder.LeaveVolume} did.
     *
     * @param left   the cartridge has left; else it is asked again, unless nothing was done
     * @param done   blobs that were copied or read back, and deletions that were written again
     * @param bytes  of them
     * @param rest   bytes that are still to be copied, about
     * @param placed where packs lie now that were copied
     * @param stuck  names of blobs that can't be read and keep the cartridge; some of them
     */
    record Leaves(boolean left, int done, long bytes, long rest, List<NodeReport.PacksPlaced> placed, List<String> stuck) implements Answer {

        public Leaves {
            placed = List.copyOf(placed);
            stuck = List.copyOf(stuck);
        }
    }

    /** The outcome of {@link NodeOrder.VerifyPacks}. */
    record Verified(int packs, List<DamagedPack> damaged) implements Answer {}

    /**
     * A pack that is not what was written.
     *
     * @param chunks those that cannot be read; all of the pack's, as far as its index can be had, if the pack is gone
     * @param intact the pack's other chunks: they can be read, but need a pack that is not what was written
     * @param what   where, expected and found
     */
    record DamagedPack(PackId pack, VolumeId volume, List<ChunkId> chunks, List<ChunkId> intact, String what) {}

    /** By name. */
    record Drivers(List<InstalledDriver> drivers) implements Answer {}

    /**
     * To {@link NodeOrder.ChangeDriver}.
     *
     * @param driver    as it runs now
     * @param backedOut what the new version did that had the one before run again, on one line; null: the new one runs
     */
    record DriverChanged(InstalledDriver driver, String backedOut) implements Answer {}

    /** By name. */
    record Devices(List<DeviceFound> devices) implements Answer {}

    /**
     * A device that is configured.
     *
     * @param location for people; null if no driver serves it
     * @param problem  why it is not served, as far as that is known; null if it is, or nothing is known
     */
    record DeviceFound(DeviceName device, String driver, String location, String problem) {}

    /**
     * Where everything is in a library; by address.
     *
     * @param location of the library, for people
     * @param changer  whether there is a robot; without, the elements are the drives, by their numbers
     */
    record Elements(String location, boolean changer, List<ElementFound> elements) implements Answer {

        /** More do not fit in one frame of the control stream. */
        public static final int MOST = 40_000;
    }

    /**
     * A place for one cartridge.
     *
     * @param barcode    of what lies in it; null if there is nothing, or nobody can tell
     * @param source     where that was taken from last, -1 if nobody knows
     * @param drive      number of the drive that this is, -1 if it is none or nobody knows
     * @param accessible whether the picker can reach it now
     * @param used       whether something goes on in the drive now
     * @param pool       whose label was found on the cartridge when it was looked at last; null if it was not, or has none
     * @param volume     that the label names, null with {@code pool}
     * @param problem    what the changer says is wrong here; empty if nothing
     */
    record ElementFound(int address, Element.Kind kind, Element.Filling filling, Barcode barcode, int source, int drive, boolean accessible, boolean used,
            PoolName pool, VolumeId volume, String problem) {}

    /**
     * What a cartridge begins with.
     *
     * @param written  whether the label was written just now
     * @param label    as it is there; null if there is none
     * @param more     whether anything stands behind the label
     * @param what     for people: why it is neither blank nor labelled, else empty
     * @param capacity in bytes, -1 if nobody knows
     */
    record CartridgeFound(Beginning beginning, boolean written, byte[] label, boolean more, String what, long capacity) implements Answer {}

    /**
     * What was met on a stretch of a cartridge that is read block by block.
     *
     * @param objects    in the order in which they lie
     * @param damage     for people: what can't be read, is not what it should be, or is not there
     * @param unreadable blocks that can't be read, or are not as they were written
     * @param gaps       how often another number came than the next
     * @param bytes      of blocks that were read
     * @param next       where it goes on; null at the end
     */
    record PassedThrough(List<OnTape> objects, List<String> damage, long unreadable, long gaps, long bytes, Reached next) implements Answer {

        public PassedThrough {
            objects = List.copyOf(objects);
            damage = List.copyOf(damage);
        }
    }

    /**
     * An object on a cartridge.
     *
     * @param name     of the blob, or for people if that can't be read
     * @param pack     that it is, null if it is none
     * @param deletion whether it says that the blob of that name is not there any more
     * @param whole    whether all of its blocks could be read, and were what they should be
     */
    record OnTape(String name, PackId pack, boolean deletion, boolean whole) {}

    /**
     * A place between two objects of a cartridge.
     *
     * @param serial of the object that comes next
     * @param number of the block that comes next; -1 if that is not known, for the object before could not be read to its end
     */
    record Reached(long serial, long number, Position at) {}

    /** What stands at the beginning of a cartridge. */
    enum Beginning {
        BLANK, LABELLED,
        /** Something else, or nobody can tell: it is never written. */
        OTHER
    }

    /**
     * To {@link NodeOrder.CleanDrive}.
     *
     * @param with    the cleaning cartridge, which is back in its place
     * @param problem what the drive says against it; empty if it is clean
     */
    record DriveCleaned(Barcode with, String problem) implements Answer {}

    /**
     * To {@link NodeOrder.AskSealing}: drives, for people.
     *
     * @param able   that can
     * @param unable that can't
     * @param silent that do not say, and why
     */
    record SealingDrives(List<String> able, List<String> unable, List<String> silent) implements Answer {

        public SealingDrives {
            able = List.copyOf(able);
            unable = List.copyOf(unable);
            silent = List.copyOf(silent);
        }
    }
}
