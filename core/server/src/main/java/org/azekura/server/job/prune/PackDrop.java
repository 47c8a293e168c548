package org.azekura.server.job.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PruneOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Orders;
import org.azekura.server.prune.PackFate;

/**
 * Takes packs out of the catalog, then off the volume. Killed in between, a pack is on the volume and unknown to the catalog: it is
 * entered again when the pool is opened or pruned, and goes then. The other way round the catalog would miss a pack, which looks like damage.
 */
final class PackDrop {

    private static final int BATCH = 256;

    private final CatalogStore catalog;
    private final Pool pool;
    private final ConnectedNode node;
    private final JobId job;
    private final Halt halt;

    PackDrop(CatalogStore catalog, Pool pool, ConnectedNode node, JobId job, Halt halt) {
        this.catalog = catalog;
        this.pool = pool;
        this.node = node;
        this.job = job;
        this.halt = halt;
    }

    /** @return each of the packs, with null if it is gone, else with why it stays */
    Map<PackAnswer.PackUse, PackFate> drop(List<PackAnswer.PackUse> packs) throws BackupException {
        Map<PackAnswer.PackUse, PackFate> outcome = new LinkedHashMap<>();
        for (int from = 0; from < packs.size(); from += BATCH) {
            halt.check();
            List<PackAnswer.PackUse> batch = packs.subList(from, Math.min(packs.size(), from + BATCH));
            Set<PackId> gone = dropNow(batch.stream().map(PackAnswer.PackUse::pack).toList());
            batch.forEach(pack -> outcome.put(pack, gone.contains(pack.pack()) ? null : PackFate.PINNED));
        }
        return outcome;
    }

    private Set<PackId> dropNow(List<PackId> packs) throws BackupException {
        List<Pack> rows = forget(packs);
        Set<PackId> gone = new HashSet<>(node.ask(new PruneOrder.DropPacks(job, packs), PackAnswer.Packs.class, Orders.READ).packs());
        List<Pack> staying = rows.stream().filter(row -> !gone.contains(row.id())).toList();
        if (!staying.isEmpty()) {
            catalog.write(edit -> {
                for (Pack row : staying) {
                    edit.putPack(row);
                }
                return null;
            });
        }
        return gone;
    }

    /** Takes packs out of the catalog that are on no volume any more; one that has come back since its row was read is entered anew, and stays. */
    void forgetGone(List<Pack> rows) throws BackupException {
        if (rows.isEmpty()) {
            return;
        }
        catalog.write(edit -> {
            for (Pack row : rows) {
                if (edit.pack(row.id(), pool.name()).filter(row::equals).isPresent()) {
                    edit.deletePack(row.id(), row.volume());
                }
            }
            return null;
        });
    }

    /** Takes packs out of the catalog; returns their rows. */
    private List<Pack> forget(List<PackId> packs) throws BackupException {
        return packs.isEmpty() ? List.of() : catalog.write(edit -> {
            List<Pack> rows = new ArrayList<>();
            for (PackId id : packs) {
                Pack row = edit.pack(id, pool.name()).orElse(null);
                if (row != null) {
                    rows.add(row);
                    edit.deletePack(id, row.volume());
                }
            }
            return rows;
        });
    }

    /** Adds up anew what lies on the pool's volumes, or on those that its copies lie on: whose ever it is. */
    void measure() throws BackupException {
        catalog.write(edit -> {
            PoolName medium = edit.replica(pool.name()).map(Replica::within).orElse(pool.name());
            for (Volume volume : edit.volumes()) {
                if (volume.pool().equals(pool.name()) || volume.pool().equals(medium)) {
                    edit.putVolume(volume.grown(edit.bytesOn(volume.id()) - volume.used()));
                }
            }
            return null;
        });
    }
}
