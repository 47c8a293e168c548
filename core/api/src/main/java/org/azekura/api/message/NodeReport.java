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
