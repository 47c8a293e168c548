package org.azekura.server.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a pool's node write a register, and gives it what it asks for: tree pages and manifests, as {@link StreamOpening.StoreRegister} says. They are here, on a
 * disk; on the medium they lie where they came.
 */
record RegisterHelp(CatalogStore catalog, TreeStore trees, ConnectedNode node, PoolName pool) {

    private static final Logger log = LoggerFactory.getLogger(RegisterHelp.class);
    private static final Duration SEND = Duration.ofMinutes(10);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /**
     * Durable at return, if the pool's volume has registers at all.
     *
     * @throws BackupException if none was written: nothing is lost by that
     */
    void write() throws BackupException {
        Set<SessionId> own = new HashSet<>();
        catalog.read(view -> {
            view.eachSession(Replicas.origin(view, pool), session -> own.add(session.id()));
            return null;
        });
        try (Stream stream = node.open()) {
            stream.send(MessageCodec.encode(new StreamOpening.StoreRegister(pool)), SEND);
            for (ByteBuffer asked = next(stream); asked != null; asked = next(stream)) {
                if (asked.hasRemaining()) {
                    pages(asked, own, stream);
                } else {
                    manifests(stream);
                }
            }
            stream.endSending();
        }
    }

    private static ByteBuffer next(Stream stream) throws BackupException {
        return stream.receive(ConnectedNode.DURABLE);
    }

    private void pages(ByteBuffer ids, Set<SessionId> own, Stream stream) throws BackupException {
        while (ids.remaining() >= ChunkId.BYTES) {
            stream.send(page(ChunkId.read(ids), own), SEND);
        }
    }

    /**
     * Empty if it is not here: a prune has let go of it, or it is damaged, and comes again with the next backup. Also if it was sealed here by a session of another
     * set of the pool, which came first: that is not with the set that this is written for, whose packs have the page as its own sessions sealed it.
     */
    private ByteBuffer page(ChunkId id, Set<SessionId> own) throws BackupException {
        if (!trees.has(id)) {
            return NOTHING.duplicate();
        }
        try {
            return own.contains(trees.frame(id).header().session()) ? trees.whole(id) : NOTHING.duplicate();
        } catch (BackupException e) {
            log.warn("pool={} tree page {} is not in the register: {}", pool, id, e.getMessage());
            return NOTHING.duplicate();
        }
    }

    private void manifests(Stream stream) throws BackupException {
        List<Snapshot> all = catalog.read(view -> view.snapshotsIn(pool));
        for (Snapshot listed : all) {
            Snapshot snapshot = catalog.read(view -> view.snapshot(listed.id())).orElse(null);
            if (snapshot != null && snapshot.manifest() != null) {
                stream.send(ByteBuffer.wrap(snapshot.manifest()), SEND);
            }
        }
        stream.send(NOTHING.duplicate(), SEND);
    }
}
