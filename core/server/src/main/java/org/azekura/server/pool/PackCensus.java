package org.azekura.server.pool;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Session;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.server.host.ConnectedNode;

/**
 * Brings the catalog's packs in step with those on a volume after a start: a pack that became durable just before a crash is
 * on the volume, and its chunks count as known, but the server had not heard of it. Names those that have gone.
 */
final class PackCensus {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final CatalogStore catalog;
    private final ConnectedNode node;

    PackCensus(CatalogStore catalog, ConnectedNode node) {
        this.catalog = catalog;
        this.node = node;
    }

    /** @return packs that the catalog knows on this volume and that are not there */
    List<PackId> take(PoolName pool, VolumeId volume) throws BackupException {
        Set<PackId> missing = new HashSet<>();
        catalog.read(view -> {
            view.eachPack(pool, pack -> {
                if (pack.volume().equals(volume)) {
                    missing.add(pack.id());
                }
            });
            return null;
        });
        PackId after = null;
        while (true) {
            Answer.PackList answer = node.ask(new NodeOrder.ListPacks(pool, after), Answer.PackList.class, TIMEOUT);
            List<Answer.PackOnVolume> page = answer.packs();
            if (page.isEmpty()) {
                return List.copyOf(missing);
            }
            catalog.write(edit -> {
                PoolName origin = Replicas.origin(edit, pool);
                for (NodeReport.PackSession session : answer.sessions()) {
                    if (edit.session(session.session()).isEmpty()) {
                        edit.putSession(new Session(session.session(), origin, session.sealedKey()));
                    }
                }
                for (Answer.PackOnVolume found : page) {
                    if (edit.pack(found.pack(), pool).isEmpty()) {
                        edit.putPack(new Pack(found.pack(), pool, null, found.tree(), found.size(), found.chunks(), volume,
                                found.position(), found.writtenAt()));
                    }
                }
                return null;
            });
            page.forEach(found -> missing.remove(found.pack()));
            after = page.getLast().pack();
        }
    }
}
