package org.azekura.server.host;

import java.util.List;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Appliance.Trust;
import org.azekura.server.pool.MediaSets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which clients share known chunks. Packs name the group they were written for, snapshots name a client: so a client changes its group only
 * while nothing of it is stored. Safe for any number of threads.
 */
public final class TrustGroups {

    private static final Logger log = LoggerFactory.getLogger(TrustGroups.class);

    private final CatalogStore catalog;

    public TrustGroups(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** One that nobody is in. */
    public static TrustGroup random() {
        UUID random = UUID.randomUUID();
        return new TrustGroup(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    /** @throws BackupException {@code client.unknown} */
    public Trust of(ClientName name) throws BackupException {
        return catalog.read(view -> of(view, client(view, name).trustGroup()));
    }

    private static Trust of(CatalogView view, TrustGroup group) throws BackupException {
        return new Trust(group, view.clients().stream().filter(client -> client.trustGroup().equals(group)).map(Client::name).toList());
    }

    /** @throws BackupException {@code client.unknown}, {@code group.unknown}, {@code snapshot.exists}, {@code client.running} */
    public Trust join(ClientName name, String groupOrClient) throws BackupException {
        return catalog.write(edit -> {
            Client client = client(edit, name);
            return change(edit, client, find(edit, groupOrClient));
        });
    }

    /** @throws BackupException {@code client.unknown}, {@code snapshot.exists}, {@code client.running} */
    public Trust leave(ClientName name) throws BackupException {
        return catalog.write(edit -> {
            Client client = client(edit, name);
            boolean alone = of(edit, client.trustGroup()).members().size() == 1;
            return change(edit, client, alone ? client.trustGroup() : random());
        });
    }

    private static Trust change(CatalogEdit edit, Client client, TrustGroup group) throws BackupException {
        if (!client.trustGroup().equals(group)) {
            requireNothingStored(edit, client.name());
            edit.putClient(new Client(client.name(), group, client.signingKey(), client.lastSeen()));
            Edition.next(edit);
            log.info("client={} is in trust group {}, was in {}", client.name(), group, client.trustGroup());
        }
        return of(edit, group);
    }

    private static void requireNothingStored(CatalogView view, ClientName name) throws BackupException {
        int snapshots = view.snapshots(name).size();
        if (snapshots > 0) {
            throw BackupException.operator("snapshot.exists", name.value(), "client " + name + " has " + snapshots + " snapshots, which are found in the"
                    + " group they were saved in only; delete them first, or have the other client join the group of " + name);
        }
        for (Job job : view.jobs(true)) {
            if (name.equals(job.client()) || isOf(view, name, job)) {
                throw BackupException.operator("client.running", name.value(), "job " + job.id() + " works with data of client " + name
                        + "; wait for its end or cancel it");
            }
        }
    }

    /** Whether a job relies on a snapshot of this client that was deleted. */
    private static boolean isOf(CatalogView view, ClientName name, Job job) throws BackupException {
        if (job.holds() == null) {
            return false;
        }
        for (Pool pool : MediaSets.all(view)) {
            for (Deletion deletion : view.deletions(pool.name())) {
                if (deletion.snapshot().equals(job.holds()) && deletion.client().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static TrustGroup find(CatalogView view, String groupOrClient) throws BackupException {
        for (Client client : view.clients()) {
            if (client.name().value().equals(groupOrClient) || client.trustGroup().toString().equals(groupOrClient)) {
                return client.trustGroup();
            }
        }
        throw BackupException.operator("group.unknown", groupOrClient, "there is no client and no trust group \"" + groupOrClient
                + "\"; \"azekura client list\" names the clients");
    }

    private static Client client(CatalogView view, ClientName name) throws BackupException {
        return view.client(name).orElseThrow(() -> BackupException.operator("client.unknown", name.value(), "there is no client " + name
                + "; \"azekura client list\" names them all"));
    }
}
