package org.azekura.api.message;

import java.time.Instant;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;

/** What a storage node tells the server. */
public sealed interface NodeReport extends Message {

    /**
     * First words on the connection; asked, answered {@link Answer.Welcome}.
     *
     * @param endpoint where clients reach the node
     */
    record Hello(NodeName name, Endpoint endpoint, String version) implements NodeReport {}

    /**
     * A pack is durable. Asked, answered {@link Answer.Done} when the catalog has it.
     *
     * @param tree      whether it holds tree frames
     * @param position  where it lies on the volume
     * @param size      bytes
     * @param writtenAt by the node's clock
     */
    record PackWritten(JobId job, PackId pack, boolean tree, VolumeId volume, String position, long size, int chunks, Instant writtenAt)
            implements NodeReport {}
}
