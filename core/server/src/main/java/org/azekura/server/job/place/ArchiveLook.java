package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.ThawAnswer;
import org.azekura.api.message.ThawOrder;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/** Finds out what of a place lies in the archive of its device; nothing is asked of that. @param place a pool, or a replica of one @param halt says when nobody wants to know any more */
public record ArchiveLook(Stage stage, Pool place, ConnectedNode node, Halt halt) {

    public ArchiveLook(Stage stage, Pool place, ConnectedNode node) {
        this(stage, place, node, new Halt());
    }

    /** Of these packs; in the order of their names, in which a device may tell many of them at once. */
    public Cold of(Collection<PackId> packs) throws BackupException {
        List<PackId> all = packs.stream().sorted().toList();
        List<PackId> archived = new ArrayList<>();
        List<PackId> coming = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ThawOrder.PACKS) {
            halt.check();
            ThawAnswer.Found found = node.ask(new ThawOrder.LookAtPacks(place.name(), all.subList(from, Math.min(all.size(), from + ThawOrder.PACKS))), ThawAnswer.Found.class, Orders.READ);
            archived.addAll(found.archived());
            coming.addAll(found.coming());
        }
        return new Cold(all.size(), archived, coming, bytes(archived));
    }

    private long bytes(List<PackId> packs) throws BackupException {
        return stage.catalog().read(view -> {
            long bytes = 0;
            for (PackId pack : packs) {
                bytes += view.pack(pack, place.name()).map(Pack::size).orElse(0L);
            }
            return bytes;
        });
    }

    /** Of the packs in which the data of these paths lie. @param paths none for everything */
    Cold of(TreeReader trees, Snapshot snapshot, List<RawPath> paths, TrustGroup group) throws BackupException {
        Set<PackId> packs = new LinkedHashSet<>();
        Wanted.needs(trees, snapshot, paths, chunks -> {
            halt.check();
            node.ask(new ChunkOrder.LocateChunks(place.name(), group, chunks), ChunkAnswer.Located.class, Orders.PROMPT).places().forEach(at -> packs.add(at.pack()));
            return Wanted.anywhere(chunks);
        }, problem -> { });
        return of(packs);
    }
}
