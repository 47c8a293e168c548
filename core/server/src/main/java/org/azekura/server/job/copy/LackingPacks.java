package org.azekura.server.job.copy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.RefWalk;

/** The packs that are still to be copied of what a snapshot refers to, as both sides tell of more and more of it. What is there already, on either side, stays until the copy ends. */
final class LackingPacks implements RefWalk.Met {

    private final CopyLink link;
    private final TrustGroup group;
    private final Set<PackId> bad;
    private final Set<PackId> wanted = new LinkedHashSet<>();
    private long lost;
    private ChunkId firstLost;

    /** @param bad packs that can't be copied */
    LackingPacks(CopyLink link, TrustGroup group, Set<PackId> bad) {
        this.link = link;
        this.group = group;
        this.bad = bad;
    }

    @Override
    public void chunks(List<ChunkId> chunks) throws BackupException {
        List<ChunkId> lacking = missing(link.taker(), new ChunkOrder.CheckChunks(link.record().id(), link.to(), group, chunks));
        if (lacking.isEmpty()) {
            return;
        }
        List<ChunkId> damaged = missing(link.giver(), new ChunkOrder.CheckChunks(link.record().id(), link.from(), group, lacking));
        damaged.forEach(this::lost);
        List<ChunkId> sound = new ArrayList<>(lacking);
        sound.removeAll(Set.copyOf(damaged));
        if (sound.isEmpty()) {
            return;
        }
        ChunkAnswer.Located located = link.giver().ask(new ChunkOrder.LocateChunks(link.from(), group, sound), ChunkAnswer.Located.class, Orders.PROMPT);
        located.missing().forEach(this::lost);
        for (ChunkAnswer.ChunkPlace place : located.places()) {
            if (bad.contains(place.pack())) {
                lost(place.chunk());
            } else {
                wanted.add(place.pack());
            }
        }
    }

    private static List<ChunkId> missing(ConnectedNode node, ChunkOrder.CheckChunks question) throws BackupException {
        return node.ask(question, ChunkAnswer.Missing.class, Orders.PROMPT).chunks();
    }

    private void lost(ChunkId chunk) {
        lost++;
        firstLost = firstLost == null ? chunk : firstLost;
    }

    /** In the order in which they were met. */
    List<PackId> wanted() {
        return List.copyOf(wanted);
    }

    /** Null if everything is there or can be had. */
    String problem() {
        return lost == 0 ? null : lost + " chunks can't be read in pool " + link.from() + " or lie in packs that can't be copied, " + firstLost
                + " among them";
    }
}
