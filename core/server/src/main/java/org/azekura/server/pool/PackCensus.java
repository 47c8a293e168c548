package org.azekura.server.pool;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.server.host.ConnectedNode;

/**
 * Brings the catalog's packs in step with those on a pool's volumes after a start: a pack that became durable just before a crash is on a volume, and its
 * chunks count as known, but the server had not heard of it; or it had come on another cartridge. Names those that have gone.
 */
final class PackCensus {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final CatalogStore catalog;
    private final ConnectedNode node;

    PackCensus(CatalogStore catalog, ConnectedNode node) {
        this.catalog = catalog;
        this.node = node;
    }

    /**
     * @param first volume of the pool: that of packs whose volume the node does not name
     * @return packs that the catalog knows in this pool, on volumes that are not missing, and that are not there
     */
    List<PackId> take(PoolName pool, VolumeId first) throws BackupException {
        Set<PackId> missing = known(pool);
        PackId after = null;
        while (true) {
            PackAnswer.PackList answer = node.ask(new PackOrder.ListPacks(pool, after), PackAnswer.PackList.class, TIMEOUT);
            List<PackAnswer.PackOnVolume> page = answer.packs();
            if (page.isEmpty()) {
                return List.copyOf(missing);
            }
            catalog.write(edit -> {
                PoolName origin = Replicas.origin(edit, pool);
                for (NodeReport.PackSession session : answer.sessions()) {
                    SessionBook.enter(edit, new Session(session.session(), origin, session.sealedKey()));
                }
                for (PackAnswer.PackOnVolume found : page) {
                    enter(edit, pool, first, found);
                }
                return null;
            });
            page.forEach(found -> missing.remove(found.pack()));
            after = page.getLast().pack();
        }
    }

    private Set<PackId> known(PoolName pool) throws BackupException {
        Set<PackId> packs = new HashSet<>();
        catalog.read(view -> {
            Set<VolumeId> away = view.volumes().stream().filter(volume -> volume.state() == Volume.State.MISSING).map(Volume::id).collect(Collectors.toSet());
            view.eachPack(pool, pack -> {
                if (!away.contains(pack.volume())) {
                    packs.add(pack.id());
                }
            });
            return null;
        });
        return packs;
    }

    /** A volume that the catalog has not heard of yet is told of later, and its packs with it. */
    private static void enter(CatalogEdit edit, PoolName pool, VolumeId first, PackAnswer.PackOnVolume found) throws BackupException {
        Pack known = edit.pack(found.pack(), pool).orElse(null);
        VolumeId volume = found.volume() != null && edit.volume(found.volume()).isPresent() ? found.volume() : first;
        if (known == null) {
            edit.putPack(new Pack(found.pack(), pool, null, found.tree(), found.size(), found.chunks(), volume, found.position(), found.writtenAt()));
        } else if (found.volume() != null && volume.equals(found.volume()) && !isThere(known, found)) {
            edit.placePack(found.pack(), pool, volume, found.position());
        }
    }

    private static boolean isThere(Pack known, PackAnswer.PackOnVolume found) {
        return known.volume().equals(found.volume()) && Objects.equals(known.position(), found.position());
    }
}
