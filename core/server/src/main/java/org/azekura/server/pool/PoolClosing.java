package org.azekura.server.pool;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has nodes let go of pools, sets and volumes of copies that are gone. */
record PoolClosing(CatalogStore catalog, PoolService service) {

    private static final Logger log = LoggerFactory.getLogger(PoolClosing.class);

    /** Its node lets go of what is gone from the catalog, and of what it has noted of its cartridges. One that does not hear of it is told when it joins next. */
    void close(PoolName gone, ConnectedNode node) throws BackupException {
        try {
            close(gone, node, true);
        } catch (BackupException e) {
            log.warn("pool={} node={} lets go of it when it joins next: {}", gone, node.name(), e.getMessage());
            return;
        }
        settle(gone, node);
    }

    private void settle(PoolName gone, ConnectedNode node) throws BackupException {
        catalog.write(edit -> {
            new OwedClosings(node.name()).remove(edit, gone);
            return null;
        });
    }

    /** A node that joined lets go of what it was not told of. What has that name again is none of it. */
    void closeOwed(ConnectedNode node) throws BackupException {
        service.making().lock();
        try {
            for (PoolName gone : catalog.read(new OwedClosings(node.name())::all)) {
                if (catalog.read(view -> isServed(view, gone))) {
                    settle(gone, node);
                } else {
                    close(gone, node);
                }
            }
        } finally {
            service.making().unlock();
        }
    }

    private static boolean isServed(CatalogView view, PoolName name) throws BackupException {
        Pool pool = view.pool(name).orElse(null);
        return pool != null && !MediaSets.isVoid(view, pool);
    }

    /** The same, with or without what it has noted; refused if it does not hear of it. */
    void close(PoolName name, ConnectedNode node, boolean forget) throws BackupException {
        service.forget(name);
        node.ask(new PoolOrder.ClosePool(name, forget), Answer.Done.class, PoolVolumes.CONFIGURE_TIMEOUT);
    }
}
