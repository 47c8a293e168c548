package org.azekura.server.proof;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Replica;

/** What the pool that a copy lies in is called. */
public final class CopyName {

    private CopyName() {}

    /** The pool whose copy was read, as people name it: the one in which a replica lies, the one that a media set is of. */
    public static PoolName of(CatalogView view, PoolName read) throws BackupException {
        PoolName pool = view.replica(read).map(Replica::within).orElse(read);
        return view.mediaSet(pool).map(MediaSet::of).orElse(pool);
    }
}
