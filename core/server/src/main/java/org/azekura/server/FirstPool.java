package org.azekura.server;

import java.nio.file.Files;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.server.Pools;
import org.azekura.server.home.OwnerOnly;
import org.azekura.server.pool.MediaPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool {@code default}, which a first start makes. An appliance without it is of use still: somebody can look at it and make another. */
final class FirstPool {

    private static final Logger log = LoggerFactory.getLogger(FirstPool.class);
    private static final String FIRST_START = "first-start";

    private final Home home;
    private final NodeName node;
    private final CatalogStore catalog;
    private final MediaPools pools;
    private volatile String problem;

    FirstPool(Home home, NodeName node, CatalogStore catalog, MediaPools pools) {
        this.home = home;
        this.node = node;
        this.catalog = catalog;
        this.pools = pools;
    }

    /** Why it could not be made, null if it was, or need not be. */
    String problem() {
        return problem;
    }

    /** Makes it if this is a first start. */
    void make() throws BackupException {
        if (!pools.list().isEmpty() || catalog.read(view -> view.setting(FIRST_START)).isPresent()) {
            return;
        }
        OwnerOnly.directory(home.defaultPool().getParent());
        problem = earlier();
        if (problem != null) {
            log.error("the pool default is not made: {}", problem);
            return;
        }
        try {
            pools.create(new PoolName("default"), "disk", Map.of("path", home.defaultPool().toString()), Pools.Readers.APPLIANCE, new Pools.Site(node, null));
            catalog.write(edit -> {
                edit.putSetting(FIRST_START, "done");
                return null;
            });
        } catch (BackupException e) {
            problem = e.getMessage();
            log.error("the pool default could not be made: {}", e.getMessage());
        }
    }

    /** What an appliance that has lost its catalog left here, null if nothing: its keys and its volume must not be taken for leftovers. */
    private String earlier() {
        if (Files.exists(home.defaultPool().resolve("azekura-label"))) {
            return home.defaultPool() + " holds a volume already; take it over with \"azekura catalog rebuild --from " + home.defaultPool() + "\"";
        }
        if (Files.exists(home.keys().resolve("default"))) {
            return home.keys() + " holds the key of a pool default already; take its volume over with \"azekura catalog rebuild --from DIR\", or move"
                    + " the key away and start again";
        }
        return null;
    }
}
