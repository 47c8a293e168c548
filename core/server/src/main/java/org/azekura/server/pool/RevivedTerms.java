package org.azekura.server.pool;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.engine.volume.ConfigurationItem;

/** Brings back what was laid down for one client; it need not have come yet. */
record RevivedTerms(CatalogEdit edit, ConfigurationItem.ClientSettings settings) {

    /** @param warnings gets what is not in force, or not as it was */
    void put(List<String> warnings) throws BackupException {
        putGroup(warnings);
        putQuota(warnings);
        putTerms(warnings);
    }

    private ClientName name() {
        return settings.name();
    }

    /** Whose snapshots are back is in the group that the volume says they are in. */
    private void putGroup(List<String> warnings) throws BackupException {
        Client here = edit.client(name()).orElse(null);
        if (here == null) {
            edit.putClient(new Client(name(), settings.trustGroup(), null, null));
        } else if (!here.trustGroup().equals(settings.trustGroup()) && edit.snapshots(name()).isEmpty()) {
            boolean shared = edit.clients().stream().filter(client -> client.trustGroup().equals(here.trustGroup())).count() > 1;
            if (shared) {
                warnings.add("client " + name() + " is in a trust group with others here already and stays there; it was in " + settings.trustGroup());
            } else {
                edit.putClient(new Client(name(), settings.trustGroup(), here.signingKey(), here.lastSeen()));
            }
        }
    }

    private void putQuota(List<String> warnings) throws BackupException {
        if (settings.quota() == Quota.NONE) {
            return;
        }
        Quota here = edit.boundedQuota(name()).orElse(null);
        if (here == null) {
            edit.putQuota(name(), settings.quota());
        } else if (here.limit() != settings.quota()) {
            warnings.add("client " + name() + " has a quota here already, which stays: " + here.limit() + " bytes; it was " + settings.quota());
        }
    }

    private void putTerms(List<String> warnings) throws BackupException {
        PoolName pool = settings.pool();
        if (pool != null && !RevivedConfiguration.isHere(edit, pool)) {
            warnings.add("backups of client " + name() + " went to pool " + pool + ", which is not here; say where they go: azekura client pool " + name() + " POOL");
            pool = null;
        }
        ClientTerms terms = new ClientTerms(name(), pool, settings.group(), settings.limits());
        ClientTerms here = edit.terms(name());
        if (terms.equals(ClientTerms.none(name())) || terms.equals(here)) {
            return;
        }
        if (!here.equals(ClientTerms.none(name()))) {
            warnings.add("for client " + name() + " pool, group or limits are laid down here already, and stay");
            return;
        }
        edit.putTerms(terms);
        if (terms.group() != null && edit.pools().stream().noneMatch(each -> terms.group().equals(each.group()))) {
            warnings.add("backups of client " + name() + " go to a pool of group " + terms.group() + ", and no pool here is in it; put one there with \"azekura"
                    + " pool set NAME --group " + terms.group() + "\"");
        }
    }
}
