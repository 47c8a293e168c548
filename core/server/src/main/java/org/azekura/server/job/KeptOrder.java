package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.JobOrder;
import org.azekura.server.protection.KeptSaveSets;

/**
 * Makes a backup order complete. What it then says is what the job does, however often it is begun, and whatever becomes of the save set meanwhile.
 *
 * @param local the client of this host
 */
record KeptOrder(CatalogStore catalog, ClientName local) {

    /**
     * @param order without roots, stream and dump it means the save set that is kept under its name: of its client, else of this host, else of
     *              the only client that has one of that name
     * @throws BackupException {@code saveset.unknown}, {@code saveset.ambiguous}; {@code path.none}
     */
    JobOrder.Backup complete(JobOrder.Backup order) throws BackupException {
        SaveSet set = order.saveSet();
        ClientName client = order.client() == null ? local : order.client();
        if (!set.roots().isEmpty() || order.stream() != null || order.hooks().dump() != null) {
            ClientName via = client.equals(order.via()) ? null : order.via();
            return order.completed(client, set, via, order.hooks());
        }
        if (!set.rules().isEmpty() || set.oneFileSystem()) {
            throw BackupException.operator("path.none", "", "rules go with paths: name at least one, like /srv; a save set that is kept has its own");
        }
        KeptSaveSet kept = find(new SaveSetId(client, set.name()), order.client() != null);
        return order.completed(kept.client(), kept.saveSet(), kept.via(), kept.hooks());
    }

    private KeptSaveSet find(SaveSetId id, boolean exactly) throws BackupException {
        return catalog.read(view -> {
            KeptSaveSet own = view.saveSet(id).orElse(null);
            return own != null ? own : KeptSaveSets.find(view, exactly ? id.toString() : id.name().value());
        });
    }
}
