package org.azekura.api.message;

import java.time.Instant;
import java.util.List;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.api.device.PowerState;

/** What a storage node tells the server. */
public sealed interface NodeReport extends Message {

    /**
     * First words on the connection; asked, answered {@link Answer.Welcome}.
     *
     * @param endpoints where clients reach the node, one for each transport that it has; an address that leaves the host out stands for the host
     *                  from which the node comes
     */
    record Hello(NodeName name, List<Endpoint> endpoints, String version) implements NodeReport {

        public Hello {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * A pack is durable. Asked, answered {@link Answer.Done} when the catalog has it.
     *
     * @param tree      whether it holds tree frames
     * @param position  where it lies on the volume
     * @param size      bytes
     * @param writtenAt by the node's clock
     * @param sessions  that sealed its chunks
     */
    record PackWritten(JobId job, PackId pack, boolean tree, VolumeId volume, String position, long size, int chunks, Instant writtenAt,
            List<PackSession> sessions) implements NodeReport {}

    /**
     * The jobs of a pool wait in the middle of their work, or go on. Asked, answered {@link Answer.Done}.
     *
     * @param why for people; null: they go on
     */
    record PoolPaused(PoolName pool, String why) implements NodeReport {}

    /**
     * What happens while a driver changes that the server ordered to change. Asked, answered {@link Answer.Done}; before the answer to that order.
     *
     * @param line for people, without the node's name
     */
    record DriverStep(String line) implements NodeReport {}

    /** About the cartridges of libraries, and the drives. */
    sealed interface OfMedia extends NodeReport {}

    /**
     * A pool in a library needs its next cartridge. Asked, answered {@link PoolAnswer.VolumeChosen}: which one to take, and the label to write on it. Asked
     * again for the same number, the same label comes back until {@link VolumeLabelled} was told of it. Fails with {@code media.none} if no
     * cartridge will do, saying what would.
     *
     * @param full    the volume that takes no more; null: the pool has none that takes more, or it is away
     * @param number  of the wanted one within its set, from 1
     * @param refused cartridges that were tried just now and will not do; their reasons were logged
     * @param frees   for copies of what leaves another cartridge, or for deletions: one that the pool keeps for that may be taken
     */
    record VolumeWanted(PoolName pool, VolumeId full, int number, List<Barcode> refused, boolean frees) implements OfMedia {

        /** For whatever comes. */
        public VolumeWanted(PoolName pool, VolumeId full, int number, List<Barcode> refused) {
            this(pool, full, number, refused, false);
        }

        public VolumeWanted {
            refused = List.copyOf(refused);
        }
    }

    /**
     * The label of {@link PoolAnswer.VolumeChosen} was written and read back: from here on the volume is one of the pool's. Asked, answered {@link
     * Answer.Done} when the catalog has it; telling it again changes nothing.
     *
     * @param number   within its set, from 1
     * @param label    the name written on it
     * @param barcode  null if the cartridge has none
     * @param location where it is, for people
     * @param capacity bytes, -1 if nobody knows
     */
    record VolumeLabelled(PoolName pool, VolumeId volume, int number, String label, Barcode barcode, String location, long capacity)
            implements OfMedia {}

    /**
     * What may be done with a volume has changed. Asked, answered {@link Answer.Done} when the catalog has it. Fails with {@code volume.state} if
     * that can't become of a volume in its state, {@code volume.unknown} if it is none of the pool's.
     *
     * @param state {@code full}, {@code suspect}, {@code quarantined}, {@code missing} or {@code appendable}
     * @param why   for people
     * @param used  bytes of packs on it; -1 if that was not looked at
     */
    record VolumeState(PoolName pool, VolumeId volume, String state, String why, long used) implements OfMedia {}

    /**
     * What a drive said of itself and of the cartridge in it, and what went wrong with the two; without either it only tells that this drive is there. Each
     * node tells that of each of its drives when it has joined, and when a library comes. Asked, answered {@link Answer.Done}; what the server makes of it comes
     * as {@link LibraryOrder.UseDrives}.
     *
     * @param number  of the drive in its library
     * @param serial  of the drive; empty if nobody knows
     * @param barcode of the cartridge; null if it has none or there is none
     * @param alerts  flags of TapeAlert, 1 to 64
     * @param error   that was not recovered, for people; null if there was none
     * @param mounted what was done with that cartridge; null if there is nothing new
     */
    record DriveSaid(DeviceName device, int number, String serial, Barcode barcode, List<Integer> alerts, String error, DriveMounted mounted) implements OfMedia {

        public DriveSaid {
            alerts = List.copyOf(alerts);
        }

        /** One that tells nothing of what was done. */
        public DriveSaid(DeviceName device, int number, String serial, Barcode barcode, List<Integer> alerts, String error) {
            this(device, number, serial, barcode, alerts, error, null);
        }
    }

    /**
     * What a drive did with a cartridge since that was loaded, and what it counted. Told again, with the same moment, it takes the place of what was told before.
     *
     * @param loaded  by the node's clock
     * @param written bytes of blocks
     * @param read    bytes of blocks
     * @param errors  that were told one by one; what the drive counted besides is held against the two only if there were none
     * @param life    of the cartridge
     */
    record DriveMounted(Instant loaded, long written, long read, int errors, Drive.Counters counters, Drive.Life life) {}

    /**
     * Packs that were durable beside the drive lie on a cartridge. Asked, answered {@link Answer.Done} when the catalog has it; telling it again
     * changes nothing. A pack that the catalog does not know is left out.
     *
     * @param packs at most {@link PackOrder#PACKS_PER_PAGE}
     */
    record PacksPlaced(PoolName pool, List<PackPlaced> packs) implements OfMedia {

        public PacksPlaced {
            packs = List.copyOf(packs);
        }
    }

    /**
     * Where a pack lies.
     *
     * @param position on the volume, as {@link PackWritten} has it
     */
    record PackPlaced(PackId pack, VolumeId volume, String position) {}

    /**
     * How a source of power of this node's host stands. Asked, answered {@link Answer.Done}: when {@code held}, after jobs that can go on later have been
     * told to park. Told after the hello, when it changes, and from time to time.
     *
     * @param held     whether jobs shall wait because of it
     * @param voltage  of the mains, in tenths of a volt; -1 if it is not known
     * @param charge   of the battery, in percent; -1 if it is not known
     * @param since    when the supply became what it is, by the node's clock
     * @param problem  as {@link org.azekura.api.device.PowerState#problem}
     */
    record Power(DeviceName device, PowerState.Supply supply, boolean held, int voltage, int charge, Instant since, String problem) implements NodeReport {}

    /** A source of power is configured no longer. Asked, answered {@link Answer.Done}. */
    record PowerGone(DeviceName device) implements NodeReport {}

    /** A session key as it stands in a pack's header, sealed to the pool's epoch key. Its chunks can be restored by nothing else. */
    record PackSession(SessionId session, byte[] sealedKey) {}
}
