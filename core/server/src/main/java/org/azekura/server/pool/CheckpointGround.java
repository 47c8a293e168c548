package org.azekura.server.pool;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Element;
import org.azekura.api.server.Devices;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Libraries;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.host.Hosts;
import org.azekura.server.trees.TreeStore;

/** The media of this appliance, for {@link CheckpointKeeper}. */
public record CheckpointGround(CatalogStore catalog, TreeStore trees, PoolVault vault, Hosts hosts, MediaPools pools, Libraries libraries, Devices devices, Jobs jobs)
        implements CheckpointKeeper.Ground {

    /** Who writes to it by himself. */
    public CheckpointKeeper keeper() {
        return new CheckpointKeeper(catalog, this, InstantSource.system());
    }

    @Override
    public List<Pool> media() throws BackupException {
        return catalog.read(view -> {
            List<Pool> all = new ArrayList<>();
            for (Pool pool : view.pools()) {
                all.addAll(Replicas.onMediaOf(view, MediaSets.open(view, pool)));
            }
            return all;
        });
    }

    @Override
    public CheckpointKeeper.Reached reached(List<Pool> all) throws BackupException {
        Set<PoolName> onCartridges = new HashSet<>();
        for (Volume volume : catalog.read(view -> view.volumes())) {
            if (volume.barcode() != null) {
                onCartridges.add(volume.pool());
            }
        }
        List<Libraries.Library> known = onCartridges.isEmpty() ? List.of() : libraries.list(null);
        Map<PoolName, CheckpointTurn.Reach> reach = new HashMap<>();
        for (Pool pool : all) {
            if (hosts.isConnected(pool.node())) {
                reach.put(pool.name(), onCartridges.contains(medium(pool)) ? reach(pool, medium(pool), known) : CheckpointTurn.Reach.AT_ONCE);
            }
        }
        boolean idle = jobs.list(true).stream().noneMatch(job -> job.state() == Job.State.RUNNING || job.state() == Job.State.QUEUED);
        return new CheckpointKeeper.Reached(reach, idle);
    }

    /** A volume of copies lies on the cartridges of another pool. */
    private PoolName medium(Pool pool) throws BackupException {
        return catalog.read(view -> MediaSets.medium(view, pool)).name();
    }

    private static CheckpointTurn.Reach reach(Pool pool, PoolName medium, List<Libraries.Library> libraries) {
        CheckpointTurn.Reach best = CheckpointTurn.Reach.AWAY;
        for (Libraries.Library library : libraries) {
            for (Libraries.Place place : library.places()) {
                if (place.volume() != null && place.volume().pool().equals(medium) && library.node().equals(pool.node())) {
                    boolean mounted = place.kind() == Element.Kind.DRIVE && !place.used();
                    best = mounted ? CheckpointTurn.Reach.MOUNTED : best == CheckpointTurn.Reach.AWAY ? CheckpointTurn.Reach.THERE : best;
                }
            }
        }
        return best;
    }

    /** A node that does not answer is left as it was. */
    @Override
    public void lookAtDevices() throws BackupException {
        Set<NodeName> asked = new HashSet<>();
        List<PrivateItem.DeviceBefore> said = new ArrayList<>();
        for (Devices.Device device : devices.list(null)) {
            Devices.Settings settings = devices.settings(device.name(), device.node());
            asked.add(device.node());
            said.add(new PrivateItem.DeviceBefore(device.node(), device.name(), settings.driver(), settings.values(), settings.secrets()));
        }
        boolean same = catalog.read(view -> Set.copyOf(KnownDevices.of(view)).containsAll(said));
        if (!same || catalog.read(view -> KnownDevices.of(view).stream().filter(device -> asked.contains(device.node())).count()) > said.size()) {
            catalog.write(edit -> {
                KnownDevices.note(edit, asked, said);
                return null;
            });
        }
    }

    @Override
    public void bringAuditBack() throws BackupException {
        new RevivedAudit(catalog, vault, hosts).bring();
    }

    @Override
    public Optional<String> write(Pool pool) {
        try {
            return new PoolCheckpoint(catalog, trees, vault, hosts.node(pool.node()), pool.name()).writeAnyway();
        } catch (BackupException e) {
            return Optional.of(e.getMessage());
        }
    }
}
