package org.azekura.server.browse;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.names.NameKeeper;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.trees.TreeStore;

/** The trees of the pools whose keys are here. */
public record OpenTrees(TreeStore store, PoolVault vault) implements NameKeeper.Trees {

    @Override
    public TreeReader reader(Pool pool) throws BackupException {
        return SnapshotBrowser.reader(store, vault, pool);
    }

    @Override
    public boolean opens(Pool pool) throws BackupException {
        return vault.opens(pool);
    }
}
