package org.azekura.server.job.lock;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.RefWalk;

/** The packs of one place in which lies what a snapshot needs, as its node tells of more and more of it. */
final class NeededPacks implements RefWalk.Met {

    private final ConnectedNode node;
    private final PoolName place;
    private final TrustGroup group;
    private final Set<PackId> packs = new LinkedHashSet<>();
    private long missing;

    NeededPacks(ConnectedNode node, PoolName place, TrustGroup group) {
        this.node = node;
        this.place = place;
        this.group = group;
    }

    @Override
    public void chunks(List<ChunkId> chunks) throws BackupException {
        ChunkAnswer.Located located = node.ask(new ChunkOrder.LocateChunks(place, group, chunks), ChunkAnswer.Located.class, Orders.PROMPT);
        located.places().forEach(chunk -> packs.add(chunk.pack()));
        missing += located.missing().size();
    }

    Set<PackId> packs() {
        return packs;
    }

    /** Chunks that lie nowhere in this place. */
    long missing() {
        return missing;
    }
}
