package org.azekura.server.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.host.ConnectedNode;

/** Which packs a snapshot needs: marked by the clear parts of its tree pages, without a key. */
final class SnapshotPacks {

    private static final int BATCH = 8192;

    private final Stage stage;
    private final Pool pool;
    private final ConnectedNode node;
    private final Set<PackId> packs = new LinkedHashSet<>();

    SnapshotPacks(Stage stage, Pool pool, ConnectedNode node) {
        this.stage = stage;
        this.pool = pool;
        this.node = node;
    }

    List<PackId> of(Snapshot snapshot) throws BackupException {
        TrustGroup group = stage.catalog().read(view -> view.client(snapshot.client())).orElseThrow().trustGroup();
        Set<ChunkId> seen = new HashSet<>();
        List<ChunkId> open = new ArrayList<>(List.of(snapshot.root()));
        List<ChunkId> batch = new ArrayList<>();
        seen.add(snapshot.root());
        batch.add(snapshot.root());
        while (!open.isEmpty()) {
            for (Ref ref : PageRefs.parse(stage.trees().frame(open.removeLast()).clear().duplicate())) {
                if (seen.add(ref.id())) {
                    batch.add(ref.id());
                    if (ref.kind() == ChunkKind.TREE) {
                        open.add(ref.id());
                    }
                }
            }
            if (batch.size() >= BATCH) {
                locate(group, batch);
            }
        }
        locate(group, batch);
        return List.copyOf(packs);
    }

    private void locate(TrustGroup group, List<ChunkId> batch) throws BackupException {
        node.ask(new NodeOrder.LocateChunks(pool.name(), group, List.copyOf(batch)), Answer.Located.class, Orders.PROMPT).places()
                .forEach(place -> packs.add(place.pack()));
        batch.clear();
    }
}
