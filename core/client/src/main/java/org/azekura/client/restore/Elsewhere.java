package org.azekura.client.restore;

import java.util.Map;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Pace;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/** What one job reads of a snapshot: from where its server has said, and from the snapshot's other places what can't be read there. */
public final class Elsewhere {

    private final JobId job;
    private final Conversation server;
    private final Breaker breaker;
    private final Supplier<Pace> pace;
    private final Questions questions;

    /** @param pace of what is read, anew for each place */
    public Elsewhere(JobId job, Conversation server, Breaker breaker, Supplier<Pace> pace) {
        this.job = job;
        this.server = server;
        this.breaker = breaker;
        this.pace = pace;
        this.questions = new Questions(breaker, Questions.STREAM_TIME);
    }

    /** The stream on which the server is asked where else chunks lie, behind its opening. */
    public void questions(Stream stream) {
        questions.accept(stream);
    }

    /** Chunks of other places, for as long as this is open. One thread at a time. */
    public interface Others extends ChunkSource, AutoCloseable {
        @Override
        void close();
    }

    /** What could not be read where it should be: asked for elsewhere, each chunk once. */
    public Others others(Transports transports, ClientName self) {
        OtherPlaces places = places(transports, self);
        FurtherChunks further = new FurtherChunks((wanted, taker) -> {}, places);
        return new Others() {
            @Override
            public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
                further.read(wanted, taker);
            }

            @Override
            public void close() {
                places.close();
            }
        };
    }

    OtherPlaces places(Transports transports, ClientName self) {
        return new OtherPlaces(questions, breaker, node -> reading(node, transports, self));
    }

    /** One place, by itself. */
    OtherPlaces.Reading reading(NodeAccess node, Transports transports, ClientName self) throws BackupException {
        NodeLink link = NodeLink.open(transports, node.at(server.connection().host()), self, breaker);
        return new NodeReading(link, new NodeChunks(job, link, breaker, pace.get()));
    }

    /** Chunks of one pool of a node. */
    private record NodeReading(NodeLink node, NodeChunks chunks) implements OtherPlaces.Reading {

        @Override
        public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
            chunks.read(wanted, taker);
        }

        @Override
        public void close() {
            chunks.close();
            node.close();
        }
    }
}
