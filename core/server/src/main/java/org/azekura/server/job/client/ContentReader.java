package org.azekura.server.job.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.job.run.Stage;

/**
 * Which client opens a pool's chunks. It is given their keys and reads them: so it is one on a host of the appliance itself, or one that may know
 * all of it anyway.
 */
public final class ContentReader {

    private ContentReader() {}

    /**
     * @param only null for everything in the pool
     * @throws BackupException {@code client.offline} if there is none
     */
    public static ConnectedClient choose(Stage stage, Pool pool, Snapshot only) throws BackupException {
        for (NodeName host : List.of(pool.node(), stage.localNode())) {
            ClientName name = new ClientName(host.value());
            if (stage.hosts().isConnected(name)) {
                return stage.hosts().client(name);
            }
        }
        Set<TrustGroup> owners = owners(stage, pool, only);
        for (ConnectedClient client : stage.hosts().clients()) {
            if (owners.equals(Set.of(group(stage, client.name())))) {
                return client;
            }
        }
        throw BackupException.network("client.offline", pool.node().value(), "the content of pool " + pool.name() + " is opened by a client on host "
                + pool.node() + ", where its storage node is; none is connected: start it, or verify the checksums alone (--depth checksums)", null);
    }

    private static Set<TrustGroup> owners(Stage stage, Pool pool, Snapshot only) throws BackupException {
        Set<ClientName> clients = new HashSet<>();
        List<Snapshot> wanted = only == null ? stage.catalog().read(view -> view.snapshotsIn(pool.name())) : List.of(only);
        wanted.forEach(snapshot -> clients.add(snapshot.client()));
        Set<TrustGroup> groups = new HashSet<>();
        for (ClientName client : clients) {
            groups.add(group(stage, client));
        }
        return groups;
    }

    private static TrustGroup group(Stage stage, ClientName name) throws BackupException {
        return stage.catalog().read(view -> view.client(name)).map(Client::trustGroup).orElseThrow();
    }
}
