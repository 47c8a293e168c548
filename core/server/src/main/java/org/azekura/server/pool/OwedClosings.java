package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;

/** Which pools are gone from the catalog, and are to be let go of by their nodes still: one that is away then is told when it joins. The catalog keeps them. */
record OwedClosings(NodeName node) {

    private String setting() {
        return "closing." + node;
    }

    List<PoolName> all(CatalogView view) throws BackupException {
        List<PoolName> pools = new ArrayList<>();
        for (String name : view.setting(setting()).orElse("").split(" ")) {
            if (!name.isEmpty()) {
                pools.add(new PoolName(name));
            }
        }
        return pools;
    }

    /** To be called by who takes it out of the catalog. */
    void add(CatalogEdit edit, PoolName pool) throws BackupException {
        List<PoolName> pools = all(edit);
        if (!pools.contains(pool)) {
            pools.add(pool);
            put(edit, pools);
        }
    }

    /** Its node has let go of it. */
    void remove(CatalogEdit edit, PoolName pool) throws BackupException {
        List<PoolName> pools = all(edit);
        if (pools.remove(pool)) {
            put(edit, pools);
        }
    }

    private void put(CatalogEdit edit, List<PoolName> pools) throws BackupException {
        if (pools.isEmpty()) {
            edit.deleteSetting(setting());
        } else {
            edit.putSetting(setting(), String.join(" ", pools.stream().map(PoolName::value).toList()));
        }
    }
}
